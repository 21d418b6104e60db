import { Button } from "@mantine/core";
import { lazy } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { FilterBar } from "../components/filter-bar.tsx";
import { EmptyState, ErrorState, LoadingState, NoMatch } from "../components/list-states.tsx";
import { Panel } from "../components/panel.tsx";
import { WhenOpened } from "../components/when-opened.tsx";
import { type DeliveryFeedState, feedCapacity } from "../feed/use-delivery-feed.ts";
import type { DeliveryStatus } from "../graphql/generated/graphql.ts";
import styles from "./deliveries-panel.module.css";
import { DeliveryTable } from "./delivery-table.tsx";
import { PublishHint } from "./publish-hint.tsx";
import { StatusFilter } from "./status-filter.tsx";
import { type DeliveryActions, useDeliveryActions } from "./use-delivery-actions.ts";

const DeliveryDrawer = lazy(() =>
  import("./delivery-drawer.tsx").then((module) => ({ default: module.DeliveryDrawer })),
);

export function DeliveriesPanel({
  organizationId,
  canManage,
  state,
  status,
  onStatusChange,
  openId,
  onOpen,
  rowsMax = feedCapacity,
}: {
  organizationId: string;
  canManage: boolean;
  state: DeliveryFeedState;
  /** Which status `state` is limited to; null: all. */
  status: DeliveryStatus | null;
  onStatusChange: (status: DeliveryStatus | null) => void;
  /** The delivery whose drawer is open; null: none. */
  openId: string | null;
  onOpen: (id: string | null) => void;
  /** So many of the newest are shown. */
  rowsMax?: number;
}) {
  const intl = useIntl();
  const actions = useDeliveryActions(state.feed);

  return (
    <Panel
      title={intl.formatMessage({ id: "deliveries.title" })}
      aside={
        <FilterBar isFiltered={status !== null} onClear={() => onStatusChange(null)}>
          <StatusFilter value={status} onChange={onStatusChange} />
        </FilterBar>
      }
    >
      <ActionProblem actions={actions} openId={openId} />
      {state.skipped > 0 && (
        <p className={styles["notice"]} role="status">
          <FormattedMessage id="deliveries.skipped" values={{ count: state.skipped }} />{" "}
          <Button variant="default" size="compact-xs" onClick={state.reload}>
            <FormattedMessage id="deliveries.reload" />
          </Button>
        </p>
      )}
      <DeliveryList
        state={state}
        status={status}
        organizationId={organizationId}
        actions={canManage ? actions : null}
        onOpen={onOpen}
        onClearFilter={() => onStatusChange(null)}
        rowsMax={rowsMax}
      />
      <WhenOpened isOpen={openId !== null}>
        {(isOpen) => (
          <DeliveryDrawer
            deliveryId={isOpen ? openId : null}
            store={state.feed}
            actions={canManage ? actions : null}
            onClose={() => onOpen(null)}
          />
        )}
      </WhenOpened>
    </Panel>
  );
}

function DeliveryList({
  state,
  status,
  organizationId,
  actions,
  onOpen,
  onClearFilter,
  rowsMax,
}: {
  state: DeliveryFeedState;
  status: DeliveryStatus | null;
  organizationId: string;
  actions: DeliveryActions | null;
  onOpen: (id: string) => void;
  onClearFilter: () => void;
  rowsMax: number;
}) {
  const intl = useIntl();
  if (state.deliveries.length > 0) {
    return (
      <>
        <DeliveryTable deliveries={state.deliveries.slice(0, rowsMax)} actions={actions} onOpen={onOpen} />
        {state.deliveries.length === feedCapacity && rowsMax === feedCapacity && (
          <p className={styles["bound"]}>
            <FormattedMessage id="deliveries.bounded" values={{ count: feedCapacity }} />
          </p>
        )}
      </>
    );
  }
  if (state.error !== null) return <ErrorState error={state.error} onRetry={state.reload} />;
  if (!state.isLoaded) return <LoadingState label={intl.formatMessage({ id: "deliveries.loading" })} rows={6} />;
  if (status !== null) {
    return <NoMatch title={intl.formatMessage({ id: "deliveries.noMatch" })} onClear={onClearFilter} />;
  }
  return (
    <EmptyState title={intl.formatMessage({ id: "deliveries.empty" })}>
      <PublishHint organizationId={organizationId} />
    </EmptyState>
  );
}

/** A refusal of an action on a row; the drawer says its own. */
function ActionProblem({ actions, openId }: { actions: DeliveryActions; openId: string | null }) {
  const problem = actions.last?.problem ?? null;
  if (problem === null || openId !== null) return null;
  return (
    <p className={styles["problem"]} role="alert">
      {problem}
    </p>
  );
}
