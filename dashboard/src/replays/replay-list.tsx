import { useIntl } from "react-intl";
import type { ReplayProgressFragment } from "../graphql/generated/graphql.ts";
import styles from "./replay-list.module.css";
import { ReplayProgress } from "./replay-progress.tsx";

/** Nothing at all when there is no replay to show. */
export function ReplayList({ replays, canManage }: { replays: readonly ReplayProgressFragment[]; canManage: boolean }) {
  const intl = useIntl();
  if (replays.length === 0) return null;
  return (
    <ul className={styles["list"]} aria-label={intl.formatMessage({ id: "replay.list" })}>
      {replays.map((replay) => (
        <li key={replay.id} className={styles["item"]}>
          <ReplayProgress replay={replay} canManage={canManage} />
        </li>
      ))}
    </ul>
  );
}
