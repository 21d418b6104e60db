import { useCallback } from "react";
import { useIntl } from "react-intl";
import { PageHeader } from "../../components/page-header.tsx";
import { DeliveriesPanel } from "../../deliveries/deliveries-panel.tsx";
import { nameOfStatus, type StatusName, statusOfName } from "../../deliveries/delivery-status.ts";
import { useDeliveryFeed } from "../../feed/use-delivery-feed.ts";
import { useOrganization } from "../../session/organization.ts";
import type { TimeRangeSearch } from "../../url/time-range.ts";
import { useSetSearch } from "../../url/use-set-search.ts";
import styles from "./overview-page.module.css";
import { overviewRoute } from "./overview-route.ts";
import { StatsPanel } from "./stats-panel.tsx";
import { VolumePanel } from "./volume-panel.tsx";
import { WebhooksPanel } from "./webhooks-panel.tsx";

export function OverviewPage() {
  const intl = useIntl();
  const { id, access } = useOrganization();
  const search = overviewRoute.useSearch();
  const setSearch = useSetSearch<TimeRangeSearch & { status: StatusName; delivery: string }>();
  const status = search.status === undefined ? null : statusOfName(search.status);
  const state = useDeliveryFeed(id, status);
  const open = useCallback((delivery: string | null) => setSearch({ delivery: delivery ?? undefined }), [setSearch]);
  return (
    <>
      <PageHeader title={intl.formatMessage({ id: "overview.title" })} />
      <StatsPanel organizationId={id} />
      <VolumePanel organizationId={id} range={search} onRangeChange={setSearch} />
      <div className={styles["columns"]}>
        <WebhooksPanel organizationId={id} canManage={access.canManage} deliveries={state.deliveries} />
        <DeliveriesPanel
          organizationId={id}
          canManage={access.canManage}
          state={state}
          status={status}
          onStatusChange={(next) => setSearch({ status: next === null ? undefined : nameOfStatus(next) })}
          openId={search.delivery ?? null}
          onOpen={open}
        />
      </div>
    </>
  );
}
