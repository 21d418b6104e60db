import { Button } from "@mantine/core";
import { ArrowUp } from "lucide-react";
import { FormattedMessage, useIntl } from "react-intl";
import { EmptyState, ErrorState, LoadingState, StateHint } from "../../components/list-states.tsx";
import { LongDeliveryTable } from "../../deliveries/long-delivery-table.tsx";
import { PublishHint } from "../../deliveries/publish-hint.tsx";
import type { DeliveryActions } from "../../deliveries/use-delivery-actions.ts";
import { type DeliveryFeedState, feedCapacity } from "../../feed/use-delivery-feed.ts";
import styles from "./live-page.module.css";

/** The newest deliveries with what waits above them, or why there are none. */
export function FeedList({
  organizationId,
  state,
  isFiltered,
  actions,
  openId,
  onOpen,
  onClear,
}: {
  organizationId: string;
  state: DeliveryFeedState;
  isFiltered: boolean;
  actions: DeliveryActions | null;
  openId: string | null;
  onOpen: (id: string) => void;
  onClear: () => void;
}) {
  const { deliveries, skipped, waitingCount, feed, reload } = state;
  const intl = useIntl();
  return (
    <>
      {skipped > 0 && (
        <p className={styles["notice"]} role="status">
          <FormattedMessage id="deliveries.skipped" values={{ count: skipped }} />{" "}
          <Button variant="default" size="compact-xs" onClick={reload}>
            <FormattedMessage id="deliveries.reload" />
          </Button>
        </p>
      )}
      <div className={styles["waiting"]} role="status">
        {waitingCount > 0 && (
          <Button
            size="compact-sm"
            leftSection={<ArrowUp size={14} aria-hidden="true" />}
            onClick={() => {
              window.scrollTo({ top: 0 });
              feed.resume();
            }}
          >
            <FormattedMessage id="live.waiting" values={{ count: waitingCount }} />
          </Button>
        )}
      </div>
      {deliveries.length > 0 ? (
        <>
          <LongDeliveryTable
            label={intl.formatMessage({ id: "live.title" })}
            deliveries={deliveries}
            actions={actions}
            openId={openId}
            onOpen={onOpen}
          />
          {deliveries.length === feedCapacity && (
            <p className={styles["bound"]}>
              <FormattedMessage id="deliveries.bounded" values={{ count: feedCapacity }} />
            </p>
          )}
        </>
      ) : (
        <NothingYet state={state} isFiltered={isFiltered} organizationId={organizationId} onClear={onClear} />
      )}
    </>
  );
}

function NothingYet({
  state,
  isFiltered,
  organizationId,
  onClear,
}: {
  state: DeliveryFeedState;
  isFiltered: boolean;
  organizationId: string;
  onClear: () => void;
}) {
  const intl = useIntl();
  if (state.error !== null) return <ErrorState error={state.error} onRetry={state.reload} />;
  if (!state.isLoaded) return <LoadingState label={intl.formatMessage({ id: "deliveries.loading" })} rows={8} />;
  if (isFiltered) {
    return (
      <EmptyState title={intl.formatMessage({ id: "live.noMatch" })}>
        <StateHint>
          <FormattedMessage id="live.noMatchHint" />
        </StateHint>
        <Button variant="default" size="sm" onClick={onClear}>
          <FormattedMessage id="filter.clear" />
        </Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState title={intl.formatMessage({ id: "deliveries.empty" })}>
      <PublishHint organizationId={organizationId} />
    </EmptyState>
  );
}
