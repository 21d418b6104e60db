import { type ReactNode, useEffect } from "react";
import { useIntl } from "react-intl";
import styles from "./page-header.module.css";

/** The one heading of a page. It names the browser's tab, and gets the focus when the page has been navigated to. */
export function PageHeader({
  title,
  description,
  actions,
}: {
  title: string;
  description?: ReactNode;
  actions?: ReactNode;
}) {
  const intl = useIntl();
  const product = intl.formatMessage({ id: "app.title" });
  useEffect(() => {
    document.title = `${title} · ${product}`;
  }, [title, product]);
  return (
    <div className={styles["header"]}>
      <div className={styles["words"]}>
        <h1 id={pageTitleId} className={styles["title"]} tabIndex={-1}>
          {title}
        </h1>
        {description !== undefined && <p className={styles["description"]}>{description}</p>}
      </div>
      {actions !== undefined && <div className={styles["actions"]}>{actions}</div>}
    </div>
  );
}

export const pageTitleId = "page-title";
