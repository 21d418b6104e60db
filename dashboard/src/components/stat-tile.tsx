import type { ReactNode } from "react";
import styles from "./stat-tile.module.css";

/** One figure with its name; belongs into a `<dl>`. */
export function StatTile({ name, hint, children }: { name: ReactNode; hint?: ReactNode; children: ReactNode }) {
  return (
    <div className={styles["tile"]}>
      <dt className={styles["name"]}>{name}</dt>
      <dd className={styles["value"]}>{children}</dd>
      {hint !== undefined && <dd className={styles["hint"]}>{hint}</dd>}
    </div>
  );
}
