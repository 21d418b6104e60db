import { type ReactNode, useId } from "react";
import styles from "./panel.module.css";

/** A titled region of a page. */
export function Panel({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  const titleId = useId();
  return (
    <section aria-labelledby={titleId} className={styles["panel"]}>
      <div className={styles["head"]}>
        <h2 id={titleId} className={styles["title"]}>
          {title}
        </h2>
        {aside}
      </div>
      {children}
    </section>
  );
}
