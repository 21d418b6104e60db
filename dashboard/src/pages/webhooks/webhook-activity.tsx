import { useCallback } from "react";
import { DeliveriesPanel } from "../../deliveries/deliveries-panel.tsx";
import { nameOfStatus, type StatusName, statusOfName } from "../../deliveries/delivery-status.ts";
import { useDeliveryFeed } from "../../feed/use-delivery-feed.ts";
import { useOrganization } from "../../session/organization.ts";
import type { TimeRangeSearch } from "../../url/time-range.ts";
import { useSetSearch } from "../../url/use-set-search.ts";
import { webhookRoute } from "./webhook-route.ts";
import { WebhookStatistics } from "./webhook-statistics.tsx";

/** What a webhook was sent: statistics, and the latest deliveries, live. */
export function WebhookActivity({ webhookConfigId, canManage }: { webhookConfigId: string; canManage: boolean }) {
  const { id: organizationId } = useOrganization();
  const search = webhookRoute.useSearch();
  const setSearch = useSetSearch<TimeRangeSearch & { status: StatusName; delivery: string }>();
  const status = search.status === undefined ? null : statusOfName(search.status);
  const state = useDeliveryFeed(organizationId, {
    webhookConfigId: [webhookConfigId],
    ...(status !== null && { status: [status] }),
  });
  const open = useCallback((delivery: string | null) => setSearch({ delivery: delivery ?? undefined }), [setSearch]);
  return (
    <>
      <WebhookStatistics
        organizationId={organizationId}
        webhookConfigId={webhookConfigId}
        range={search}
        onRangeChange={setSearch}
        deliveries={state.deliveries}
      />
      <DeliveriesPanel
        organizationId={organizationId}
        canManage={canManage}
        state={state}
        status={status}
        onStatusChange={(next) => setSearch({ status: next === null ? undefined : nameOfStatus(next) })}
        openId={search.delivery ?? null}
        onOpen={open}
      />
    </>
  );
}
