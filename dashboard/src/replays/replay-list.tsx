import { useIntl } from "react-intl";
import type { ReplayItemFragment } from "../graphql/generated/graphql.ts";
import styles from "./replay-item.module.css";
import { ReplayItem } from "./replay-item.tsx";

/** Nothing at all when there is no replay to show. */
export function ReplayList({ replays, canManage }: { replays: readonly ReplayItemFragment[]; canManage: boolean }) {
  const intl = useIntl();
  if (replays.length === 0) return null;
  return (
    <ul className={styles["list"]} aria-label={intl.formatMessage({ id: "replay.list" })}>
      {replays.map((replay) => (
        <ReplayItem key={replay.id} replay={replay} canManage={canManage} />
      ))}
    </ul>
  );
}
