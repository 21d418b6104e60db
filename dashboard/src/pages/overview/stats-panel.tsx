import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { formatShare } from "../../components/format-share.ts";
import { useNowMs } from "../../components/now.ts";
import { Panel } from "../../components/panel.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { formatResponseTime } from "../../components/response-time.ts";
import { StatTile } from "../../components/stat-tile.tsx";
import { deliveryStatuses } from "../../deliveries/delivery-status.ts";
import type { DeliveryStatus, OverviewStatsFragment } from "../../graphql/generated/graphql.ts";
import type { MessageId } from "../../i18n/en.ts";
import styles from "./stats-panel.module.css";
import type { OverviewData } from "./use-overview.ts";

type Queue = NonNullable<OverviewData["organization"]>["queueStatus"];

/** A delivery that is due longer than this is worth a look. */
const lateMs = 60_000;

export function StatsPanel({
  title,
  stats,
  queue,
}: {
  /** The range of time that the statistics are about; the queue is always as of now. */
  title: string;
  stats: OverviewStatsFragment;
  queue: Queue | undefined;
}) {
  const intl = useIntl();
  const responseTime = (ms: number | null | undefined) => (ms == null ? <None /> : formatResponseTime(intl, ms));
  return (
    <Panel title={title}>
      <div className={styles["stats"]}>
        <dl className={styles["figures"]}>
          <StatTile name={<FormattedMessage id="stats.successRate" />}>
            {stats.successRate == null ? <None /> : formatShare(intl, stats.successRate)}
          </StatTile>
          <StatTile name={<FormattedMessage id="stats.p50" />}>{responseTime(stats.p50ResponseTimeMs)}</StatTile>
          <StatTile name={<FormattedMessage id="stats.p95" />}>{responseTime(stats.p95ResponseTimeMs)}</StatTile>
          {queue !== undefined && <QueueTiles queue={queue} />}
        </dl>
        <StatusShare stats={stats} />
        <dl className={styles["counts"]}>
          <Figure name="stats.total">{intl.formatNumber(stats.total)}</Figure>
          {deliveryStatuses.map((status) => (
            <Figure key={status} name={`status.${status}`} status={status}>
              {intl.formatNumber(countOf(stats, status))}
            </Figure>
          ))}
        </dl>
      </div>
    </Panel>
  );
}

function QueueTiles({ queue }: { queue: Queue }) {
  const intl = useIntl();
  const now = useNowMs();
  const isLate = queue.oldestDueAt != null && now - Date.parse(queue.oldestDueAt) > lateMs;
  return (
    <>
      <StatTile
        name={<FormattedMessage id="queue.depth" />}
        hint={
          queue.waitingRetries > 0 ? (
            <FormattedMessage id="queue.waitingRetries" values={{ count: queue.waitingRetries }} />
          ) : undefined
        }
      >
        {intl.formatNumber(queue.depth)}
      </StatTile>
      <StatTile name={<FormattedMessage id="queue.oldest" />}>
        {queue.oldestDueAt == null ? (
          <None />
        ) : (
          <span className={styles["since"]} data-late={isLate}>
            <RelativeTime at={queue.oldestDueAt} />
          </span>
        )}
      </StatTile>
    </>
  );
}

function None() {
  return <span className={styles["none"]}>–</span>;
}

function Figure({
  name,
  status,
  children,
}: {
  name: MessageId;
  /** Gives the figure the status's colour. */
  status?: DeliveryStatus;
  children: ReactNode;
}) {
  return (
    <div className={styles["figure"]} data-status={status}>
      <dt>
        {status !== undefined && <span className={styles["dot"]} aria-hidden="true" />}
        <FormattedMessage id={name} />
      </dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The same counts as below it, as a picture. */
function StatusShare({ stats }: { stats: OverviewStatsFragment }) {
  return (
    <div className={styles["share"]} aria-hidden="true">
      {deliveryStatuses
        .filter((status) => countOf(stats, status) > 0)
        .map((status) => (
          <span key={status} data-status={status} style={{ flexGrow: countOf(stats, status) }} />
        ))}
    </div>
  );
}

function countOf(stats: OverviewStatsFragment, status: DeliveryStatus): number {
  switch (status) {
    case "SUCCESS":
      return stats.success;
    case "RETRYING":
      return stats.retrying;
    case "FAILED":
      return stats.failed;
    case "PENDING":
      return stats.pending;
    case "CANCELLED":
      return stats.cancelled;
    case "SKIPPED":
      return stats.skipped;
  }
}
