import { Button } from "@mantine/core";
import { FormattedMessage } from "react-intl";
import styles from "./pager.module.css";

/** Leads through a list that is longer than a page. The place lives in the page's address, so "back" leads to the newer page. */
export function Pager({
  after,
  pageInfo,
  onChange,
}: {
  /** Behind which entry the shown page begins; undefined for the newest page. */
  after: string | undefined;
  pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null };
  onChange: (after: string | undefined) => void;
}) {
  const { hasNextPage, endCursor } = pageInfo;
  if (after === undefined && !hasNextPage) return null;
  return (
    <div className={styles["pager"]}>
      {after !== undefined && (
        <Button variant="default" size="sm" onClick={() => onChange(undefined)}>
          <FormattedMessage id="pager.newest" />
        </Button>
      )}
      {hasNextPage && endCursor != null && (
        <Button variant="default" size="sm" onClick={() => onChange(endCursor)}>
          <FormattedMessage id="pager.older" />
        </Button>
      )}
    </div>
  );
}
