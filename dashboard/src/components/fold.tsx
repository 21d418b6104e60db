import { type ReactNode, useState } from "react";
import { FormattedMessage } from "react-intl";
import type { MessageId } from "../i18n/en.ts";
import styles from "./fold.module.css";

/** What is seldom needed. Its content is there from its first opening on. */
export function Fold({
  titleId,
  isForcedOpen = false,
  children,
}: {
  titleId: MessageId;
  /** Whether something in it must be seen, such as a refused value. */
  isForcedOpen?: boolean;
  children: ReactNode;
}) {
  const [isOpen, setIsOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);
  const isShown = isOpen || isForcedOpen;
  if (isShown && !wasOpened) setWasOpened(true);
  return (
    <details className={styles["fold"]} open={isShown} onToggle={({ currentTarget: { open } }) => setIsOpen(open)}>
      <summary>
        <FormattedMessage id={titleId} />
      </summary>
      {wasOpened && <div className={styles["content"]}>{children}</div>}
    </details>
  );
}
