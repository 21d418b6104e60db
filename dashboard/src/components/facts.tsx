import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import type { MessageId } from "../i18n/en.ts";
import styles from "./facts.module.css";

/** What is known about one thing, a `<Fact>` a line. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className={styles["facts"]}>{children}</dl>;
}

export function Fact({ name, children }: { name: MessageId; children: ReactNode }) {
  return (
    <div className={styles["fact"]}>
      <dt>
        <FormattedMessage id={name} />
      </dt>
      <dd>{children}</dd>
    </div>
  );
}

/** An id or an address. */
export function Verbatim({ children }: { children: string }) {
  return <span className={styles["verbatim"]}>{children}</span>;
}
