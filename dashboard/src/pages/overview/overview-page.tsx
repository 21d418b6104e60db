import { Link } from "@tanstack/react-router";
import { useCallback } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { PageHeader } from "../../components/page-header.tsx";
import { QueryBoundary } from "../../components/query-boundary.tsx";
import { TimeRangePicker } from "../../components/time-range-picker.tsx";
import { DeliveriesPanel } from "../../deliveries/deliveries-panel.tsx";
import { nameOfStatus, type StatusName, statusOfName } from "../../deliveries/delivery-status.ts";
import { useDeliveryFeed } from "../../feed/use-delivery-feed.ts";
import { useOrganization } from "../../session/organization.ts";
import type { TimeRangeSearch } from "../../url/time-range.ts";
import { useSetSearch } from "../../url/use-set-search.ts";
import { FirstStepsPanel } from "./first-steps/first-steps-panel.tsx";
import { useFirstSteps } from "./first-steps/use-first-steps.ts";
import styles from "./overview-page.module.css";
import { overviewRoute } from "./overview-route.ts";
import { ResponseTimePanel } from "./response-time-panel.tsx";
import { StatsPanel } from "./stats-panel.tsx";
import { useOverview } from "./use-overview.ts";
import { useRangeTitle } from "./use-range-title.ts";
import { VolumePanel } from "./volume-panel.tsx";
import { WebhooksPanel } from "./webhooks-panel.tsx";

/** The latest deliveries are a glance here; all of them are in the log and in the live feed. */
const latestMax = 10;

/** The panels are memoised: the latest deliveries change four times a second, what the others show does not. */
export function OverviewPage() {
  const intl = useIntl();
  const { id, access } = useOrganization();
  const search = overviewRoute.useSearch();
  const setSearch = useSetSearch<TimeRangeSearch & { status: StatusName; delivery: string }>();
  const status = search.status === undefined ? null : statusOfName(search.status);
  const feed = useDeliveryFeed(id, status === null ? {} : { status: [status] });
  const { data, stats, range, error, reload } = useOverview(id, search, feed.deliveries);
  const firstSteps = useFirstSteps(id, feed.deliveries);
  const rangeTitle = useRangeTitle(search);
  const open = useCallback((delivery: string | null) => setSearch({ delivery: delivery ?? undefined }), [setSearch]);
  return (
    <>
      <PageHeader
        title={intl.formatMessage({ id: "overview.title" })}
        actions={<TimeRangePicker value={search} onChange={setSearch} />}
      />
      {firstSteps.steps !== null && (
        <FirstStepsPanel
          organizationId={id}
          canManage={access.canManage}
          steps={firstSteps.steps}
          onChanged={() => {
            firstSteps.reload();
            reload();
          }}
          onClose={firstSteps.close}
        />
      )}
      <QueryBoundary data={data} error={error} onRetry={reload} rows={6}>
        {() => null}
      </QueryBoundary>
      {stats !== undefined && <StatsPanel title={rangeTitle} stats={stats} queue={data?.organization?.queueStatus} />}
      <div className={styles["columns"]}>
        {data !== undefined && (
          <WebhooksPanel
            organizationId={id}
            canManage={access.canManage}
            data={data}
            range={range}
            onRepaired={reload}
          />
        )}
        <div className={styles["main"]}>
          {stats !== undefined && stats.total + stats.skipped > 0 && (
            <div className={styles["charts"]}>
              <VolumePanel buckets={stats.buckets} />
              <ResponseTimePanel buckets={stats.buckets} />
            </div>
          )}
          <DeliveriesPanel
            organizationId={id}
            canManage={access.canManage}
            state={feed}
            status={status}
            onStatusChange={(next) => setSearch({ status: next === null ? undefined : nameOfStatus(next) })}
            openId={search.delivery ?? null}
            onOpen={open}
            rowsMax={latestMax}
          />
          <Link
            className={styles["more"] ?? ""}
            to="/organizations/$organizationId/deliveries"
            params={{ organizationId: id }}
            search={{
              status: search.status && [search.status],
              range: search.range,
              since: search.since,
              until: search.until,
            }}
          >
            <FormattedMessage id="overview.log" />
          </Link>
        </div>
      </div>
    </>
  );
}
