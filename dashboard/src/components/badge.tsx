import type { ReactNode } from "react";
import styles from "./badge.module.css";

export type BadgeTone = "success" | "warning" | "failure" | "waiting" | "neutral";

/** A state in a word or two. Its tone is no more than a help: the words say it, too. */
export function Badge({
  tone,
  icon,
  isBusy = false,
  children,
}: {
  tone: BadgeTone;
  /** Instead of a dot. */
  icon?: ReactNode;
  /** Whether the state is one that passes by itself; the dot blinks. */
  isBusy?: boolean;
  children: ReactNode;
}) {
  return (
    <span className={styles["badge"]} data-tone={tone} data-busy={isBusy}>
      {icon ?? <span className={styles["dot"]} aria-hidden="true" />}
      {children}
    </span>
  );
}
