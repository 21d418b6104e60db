import { memo } from "react";
import { useIntl } from "react-intl";
import { VolumeChart } from "../../charts/volume-chart.tsx";
import { Panel } from "../../components/panel.tsx";
import type { OverviewStatsFragment } from "../../graphql/generated/graphql.ts";
import styles from "./charts.module.css";

/** How much was delivered when, by how it ended. */
export const VolumePanel = memo(function VolumePanel({ buckets }: { buckets: OverviewStatsFragment["buckets"] }) {
  const intl = useIntl();
  return (
    <Panel title={intl.formatMessage({ id: "volume.title" })}>
      <div className={styles["content"]}>
        <VolumeChart buckets={buckets} />
      </div>
    </Panel>
  );
});
