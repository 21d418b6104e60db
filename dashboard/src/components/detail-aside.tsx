import { CloseButton } from "@mantine/core";
import { type ReactNode, useEffect, useEffectEvent, useRef } from "react";
import { useIntl } from "react-intl";
import styles from "./detail-frame.module.css";

/** One thing of the page's list, beside the list, which stays usable. Escape closes it. */
export function DetailAside({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const intl = useIntl();
  const heading = useRef<HTMLHeadingElement>(null);
  const close = useEffectEvent(onClose);
  // Who opened it reads it next. The list stays in reach by its keys.
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      // An open menu or dialog takes its Escape itself.
      const isTaken = event.defaultPrevented || document.querySelector("[role=dialog], [role=menu]") !== null;
      if (event.key === "Escape" && !isTaken) close();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
  return (
    <aside className={styles["aside"]} aria-label={title}>
      <div className={styles["head"]}>
        <h2 ref={heading} className={styles["title"]} tabIndex={-1}>
          {title}
        </h2>
        <CloseButton aria-label={intl.formatMessage({ id: "dialog.close" })} onClick={onClose} />
      </div>
      <div className={styles["body"]}>{children}</div>
    </aside>
  );
}
