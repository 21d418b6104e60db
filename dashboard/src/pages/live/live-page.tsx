import { Button } from "@mantine/core";
import { Pause, Play } from "lucide-react";
import { useCallback } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { FilterBar } from "../../components/filter-bar.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Problem } from "../../components/problem.tsx";
import { DeliveryFilters } from "../../deliveries/delivery-filters.tsx";
import { DeliveryPane } from "../../deliveries/delivery-pane.tsx";
import { type DeliverySearch, feedFilterOf } from "../../deliveries/delivery-search.ts";
import { useDeliveryActions } from "../../deliveries/use-delivery-actions.ts";
import { useDeliveryFeed } from "../../feed/use-delivery-feed.ts";
import { useOrganization } from "../../session/organization.ts";
import { useShortcut } from "../../shortcuts/use-shortcut.ts";
import { useSetSearch } from "../../url/use-set-search.ts";
import { FeedList } from "./feed-list.tsx";
import styles from "./live-page.module.css";
import { liveRoute } from "./live-route.ts";

/** What happens right now. It can be held still, and then counts what waits. */
export function LivePage() {
  const intl = useIntl();
  const { id: organizationId, access } = useOrganization();
  const search = liveRoute.useSearch();
  const setSearch = useSetSearch<DeliverySearch & { delivery: string }>();
  const state = useDeliveryFeed(organizationId, feedFilterOf(search));
  const changes = useDeliveryActions(state.feed);
  const actions = access.canManage ? changes : null;
  const openId = search.delivery ?? null;
  const open = useCallback((delivery: string | null) => setSearch({ delivery: delivery ?? undefined }), [setSearch]);
  const isFiltered = [search.status, search.event, search.webhook].some((value) => value !== undefined);
  const clear = () => setSearch({ status: undefined, event: undefined, webhook: undefined });
  const toggle = () => (state.isPaused ? state.feed.resume() : state.feed.pause());
  useShortcut("p", "live.keyPause", toggle);
  const problem = openId === null ? (changes.last?.problem ?? null) : null;
  return (
    <>
      <PageHeader
        title={intl.formatMessage({ id: "live.title" })}
        description={intl.formatMessage({ id: "live.description" })}
        actions={
          <>
            {state.isPaused && <PausedBadge />}
            <Button
              size="sm"
              variant={state.isPaused ? "filled" : "default"}
              leftSection={
                state.isPaused ? <Play size={15} aria-hidden="true" /> : <Pause size={15} aria-hidden="true" />
              }
              onClick={toggle}
            >
              <FormattedMessage id={state.isPaused ? "live.resume" : "live.pause"} />
            </Button>
          </>
        }
      />
      <div className={styles["columns"]}>
        <section className={styles["list"]} aria-label={intl.formatMessage({ id: "live.title" })}>
          <div className={styles["filters"]}>
            <FilterBar isFiltered={isFiltered} onClear={clear}>
              <DeliveryFilters organizationId={organizationId} value={search} onChange={setSearch} />
            </FilterBar>
          </div>
          {problem !== null && <Problem>{problem}</Problem>}
          <FeedList
            organizationId={organizationId}
            state={state}
            isFiltered={isFiltered}
            actions={actions}
            openId={openId}
            onOpen={open}
            onClear={clear}
          />
        </section>
        <DeliveryPane deliveryId={openId} store={state.feed} actions={actions} onClose={() => open(null)} />
      </div>
    </>
  );
}

function PausedBadge() {
  return (
    <span className={styles["paused"]} role="status">
      <FormattedMessage id="live.paused" />
    </span>
  );
}
