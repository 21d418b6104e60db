import type { ReactNode } from "react";
import styles from "./problem.module.css";

/** What was refused, said at once to people who do not look at the place. */
export function Problem({ children }: { children: ReactNode }) {
  return (
    <p className={styles["problem"]} role="alert">
      {children}
    </p>
  );
}
