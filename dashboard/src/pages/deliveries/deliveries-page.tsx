import { Button } from "@mantine/core";
import { Send } from "lucide-react";
import { useCallback, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { FilterBar } from "../../components/filter-bar.tsx";
import { FilterMenu } from "../../components/filter-menu.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Problem } from "../../components/problem.tsx";
import { TimeRangePicker } from "../../components/time-range-picker.tsx";
import { DeliveryFilters } from "../../deliveries/delivery-filters.tsx";
import { DeliveryPane } from "../../deliveries/delivery-pane.tsx";
import { failureOutcomes, type OutcomeName } from "../../deliveries/delivery-search.ts";
import { useDeliveryActions } from "../../deliveries/use-delivery-actions.ts";
import type { DeliveryFilter } from "../../graphql/generated/graphql.ts";
import { ReplayDialog } from "../../replays/replay-dialog.tsx";
import { ReplayList } from "../../replays/replay-list.tsx";
import { useReplays } from "../../replays/use-replays.ts";
import { useOrganization } from "../../session/organization.ts";
import { useSetSearch } from "../../url/use-set-search.ts";
import styles from "./deliveries-page.module.css";
import { deliveriesRoute } from "./deliveries-route.ts";
import { LogList } from "./log-list.tsx";
import { isFiltered, type LogSearch, logFilterOf } from "./log-search.ts";
import { useDeliveryLog } from "./use-delivery-log.ts";

/** Everything that was ever owed, to be found again: by filters, one search box and time, all in the address. */
export function DeliveriesPage() {
  const intl = useIntl();
  const { id: organizationId, access } = useOrganization();
  const search = deliveriesRoute.useSearch();
  const setSearch = useSetSearch<LogSearch>();
  const { log, snapshot } = useDeliveryLog(organizationId, search);
  const changes = useDeliveryActions(log);
  const actions = access.canManage ? changes : null;
  const { replays, reload } = useReplays(organizationId);
  // What the dialog asks about; null while it is closed.
  const [replayFilter, setReplayFilter] = useState<DeliveryFilter | null>(null);
  const recover = (since: string) =>
    setReplayFilter({ ...logFilterOf(search, Date.now()), outcome: undefined, status: ["FAILED"], since });
  const openId = search.delivery ?? null;
  const open = useCallback((delivery: string | null) => setSearch({ delivery: delivery ?? undefined }), [setSearch]);
  const find = useCallback((q: string) => setSearch({ q: q === "" ? undefined : q }), [setSearch]);
  const clear = () =>
    setSearch({ q: undefined, status: undefined, event: undefined, webhook: undefined, outcome: undefined });
  const problem = openId === null ? (changes.last?.problem ?? null) : null;
  return (
    <>
      <PageHeader
        title={intl.formatMessage({ id: "log.title" })}
        description={intl.formatMessage({ id: "log.description" })}
        actions={
          access.canManage &&
          snapshot.deliveries.length > 0 && (
            <Button
              size="sm"
              variant="default"
              leftSection={<Send size={15} aria-hidden="true" />}
              onClick={() => setReplayFilter(logFilterOf(search, Date.now()))}
            >
              <FormattedMessage id="replay.open" />
            </Button>
          )
        }
      />
      <ReplayList replays={replays} canManage={access.canManage} />
      <div className={styles["columns"]}>
        <section className={styles["list"]} aria-label={intl.formatMessage({ id: "log.title" })}>
          <div className={styles["filters"]}>
            <FilterBar
              search={{ value: search.q ?? "", label: intl.formatMessage({ id: "log.search" }), onChange: find }}
              isFiltered={isFiltered(search)}
              onClear={clear}
            >
              <TimeRangePicker value={search} onChange={setSearch} />
              <DeliveryFilters organizationId={organizationId} value={search} onChange={setSearch} />
              <FilterMenu
                label={intl.formatMessage({ id: "log.outcome" })}
                value={search.outcome}
                onChange={(outcome) => setSearch({ outcome })}
                options={failureOutcomes.map((outcome) => ({
                  value: outcome.toLowerCase() as OutcomeName,
                  label: intl.formatMessage({ id: `log.outcome.${outcome}` }),
                }))}
              />
            </FilterBar>
          </div>
          {problem !== null && <Problem>{problem}</Problem>}
          <LogList
            organizationId={organizationId}
            log={log}
            snapshot={snapshot}
            isFiltered={isFiltered(search)}
            actions={actions}
            openId={openId}
            onOpen={open}
            onClear={clear}
            onWiden={() => setSearch({ range: "30d", since: undefined, until: undefined })}
          />
        </section>
        <DeliveryPane
          deliveryId={openId}
          store={log}
          actions={actions}
          onRecover={recover}
          onClose={() => open(null)}
        />
      </div>
      <ReplayDialog
        organizationId={organizationId}
        filter={replayFilter}
        onStarted={reload}
        onClose={() => setReplayFilter(null)}
      />
    </>
  );
}
