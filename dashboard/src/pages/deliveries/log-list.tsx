import { Button } from "@mantine/core";
import { ArrowUp } from "lucide-react";
import { useCallback } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { EmptyState, ErrorState, LoadingState, NoMatch } from "../../components/list-states.tsx";
import { LongDeliveryTable } from "../../deliveries/long-delivery-table.tsx";
import { PublishHint } from "../../deliveries/publish-hint.tsx";
import type { DeliveryActions } from "../../deliveries/use-delivery-actions.ts";
import type { DeliveryRow } from "../../feed/delivery-row-fragment.ts";
import styles from "./deliveries-page.module.css";
import type { DeliveryLog, LogSnapshot } from "./delivery-log.ts";

/** The rows, or why there are none: on their way, not to be had, no match, or nothing to match. */
export function LogList({
  organizationId,
  log,
  snapshot,
  isFiltered,
  actions,
  openId,
  onOpen,
  onClear,
  onWiden,
}: {
  organizationId: string;
  log: DeliveryLog<DeliveryRow>;
  snapshot: LogSnapshot<DeliveryRow>;
  isFiltered: boolean;
  actions: DeliveryActions | null;
  openId: string | null;
  onOpen: (id: string) => void;
  onClear: () => void;
  /** Looks further back. */
  onWiden: () => void;
}) {
  const intl = useIntl();
  const { deliveries, isLoaded, hasMore, error, arrivedCount } = snapshot;
  const loadMore = useCallback(() => {
    if (log.getSnapshot().error === null) void log.loadMore();
  }, [log]);
  const showNewest = () => {
    window.scrollTo({ top: 0 });
    void log.load();
  };
  if (deliveries.length > 0) {
    return (
      <>
        <div className={styles["arrived"]} role="status">
          {arrivedCount > 0 && (
            <Button size="compact-sm" leftSection={<ArrowUp size={14} aria-hidden="true" />} onClick={showNewest}>
              <FormattedMessage id="log.arrived" values={{ count: arrivedCount }} />
            </Button>
          )}
        </div>
        <LongDeliveryTable
          label={intl.formatMessage({ id: "log.title" })}
          deliveries={deliveries}
          actions={actions}
          openId={openId}
          onOpen={onOpen}
          onNearEnd={loadMore}
        />
        <p className={styles["more"]}>
          {error === null ? (
            <FormattedMessage id={hasMore ? "log.loadingMore" : "log.end"} values={{ count: deliveries.length }} />
          ) : (
            <>
              <FormattedMessage id="log.moreFailed" />
              <Button size="compact-sm" variant="default" onClick={() => void log.loadMore()}>
                <FormattedMessage id="error.retry" />
              </Button>
            </>
          )}
        </p>
      </>
    );
  }
  if (error !== null) return <ErrorState error={error} onRetry={() => void log.load()} />;
  if (!isLoaded) return <LoadingState label={intl.formatMessage({ id: "deliveries.loading" })} rows={8} />;
  if (isFiltered) {
    return (
      <NoMatch
        title={intl.formatMessage({ id: "log.noMatch" })}
        hint={intl.formatMessage({ id: "log.noMatchHint" })}
        onClear={onClear}
      >
        <Button variant="subtle" size="sm" onClick={onWiden}>
          <FormattedMessage id="log.widen" />
        </Button>
      </NoMatch>
    );
  }
  return (
    <EmptyState title={intl.formatMessage({ id: "log.empty" })}>
      <Button variant="default" size="sm" onClick={onWiden}>
        <FormattedMessage id="log.widen" />
      </Button>
      <PublishHint organizationId={organizationId} />
    </EmptyState>
  );
}
