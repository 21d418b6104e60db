import { type ReactNode, useState } from "react";
import { FormattedMessage } from "react-intl";
import type { MessageId } from "../i18n/en.ts";
import styles from "./fold.module.css";

/** A part that most people do not need. What is in it is made, and loaded, when it is opened for the first time. */
export function Fold({ name, isOpen, children }: { name: MessageId; isOpen: boolean; children: ReactNode }) {
  const [wasOpened, setWasOpened] = useState(isOpen);
  if (isOpen && !wasOpened) setWasOpened(true);
  return (
    <details
      className={styles["fold"]}
      open={isOpen}
      onToggle={({ currentTarget }) => {
        if (currentTarget.open) setWasOpened(true);
      }}
    >
      <summary>
        <FormattedMessage id={name} />
      </summary>
      {wasOpened && <div className={styles["content"]}>{children}</div>}
    </details>
  );
}
