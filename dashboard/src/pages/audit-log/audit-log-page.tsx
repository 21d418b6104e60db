import { Button } from "@mantine/core";
import { useMemo } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useQuery } from "urql";
import { EmptyState, ErrorState, LoadingState, StateHint } from "../../components/list-states.tsx";
import { ManagersOnly } from "../../components/managers-only.tsx";
import { useMinuteMs } from "../../components/now.ts";
import { PageHeader } from "../../components/page-header.tsx";
import { Pager } from "../../components/pager.tsx";
import { Panel } from "../../components/panel.tsx";
import { TimeRangePicker } from "../../components/time-range-picker.tsx";
import { graphql } from "../../graphql/generated/gql.ts";
import { useOrganization } from "../../session/organization.ts";
import { timeRangeOf } from "../../url/time-range.ts";
import { useSetSearch } from "../../url/use-set-search.ts";
import { AuditFilters } from "./audit-filters.tsx";
import { AuditItem } from "./audit-item.tsx";
import styles from "./audit-log-page.module.css";
import { type AuditLogSearch, auditLogRoute } from "./audit-log-route.ts";
import { useAuditNames } from "./use-audit-names.ts";

const AuditLogPage_Entries = graphql(`
  query AuditLogPage_Entries($organizationId: ID!, $filter: AuditLogFilter!, $after: String) {
    auditLog(organizationId: $organizationId, filter: $filter, first: 50, after: $after) {
      edges {
        node {
          ...AuditItem
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

/** Who changed what in an organization; for those who may manage it. */
export function AuditLogPage() {
  const intl = useIntl();
  const { access } = useOrganization();
  return access.canManage ? <AuditLog /> : <ManagersOnly title={intl.formatMessage({ id: "auditLog.title" })} />;
}

function AuditLog() {
  const intl = useIntl();
  const { id: organizationId } = useOrganization();
  const search = auditLogRoute.useSearch();
  const setSearch = useSetSearch<AuditLogSearch>();
  const { action, by, after } = search;
  const { since, until } = timeRangeOf(search, useMinuteMs());
  const variables = useMemo(
    () => ({
      organizationId,
      filter: { since, until, action: action === undefined ? null : [action], actorId: by ?? null },
      after: after ?? null,
    }),
    [organizationId, since, until, action, by, after],
  );
  const [{ data, error }, reload] = useQuery({
    query: AuditLogPage_Entries,
    variables,
    requestPolicy: "cache-and-network",
  });
  const names = useAuditNames();
  const isFiltered = action !== undefined || by !== undefined;
  const filter = (change: Partial<AuditLogSearch>) => setSearch({ ...change, after: undefined });
  const clear = () => filter({ action: undefined, by: undefined });
  const entries = data?.auditLog.edges.map(({ node }) => node) ?? [];
  return (
    <>
      <PageHeader
        title={intl.formatMessage({ id: "auditLog.title" })}
        description={<FormattedMessage id="auditLog.description" />}
      />
      <Panel
        title={intl.formatMessage({ id: "auditLog.entries" })}
        aside={<TimeRangePicker value={search} onChange={filter} />}
      >
        <AuditFilters search={search} actors={names.actors} isFiltered={isFiltered} onFilter={filter} onClear={clear} />
        {data === undefined && error === undefined && (
          <LoadingState label={intl.formatMessage({ id: "loading" })} rows={6} />
        )}
        {data === undefined && error !== undefined && (
          <ErrorState error={error} onRetry={() => reload({ requestPolicy: "network-only" })} />
        )}
        {data !== undefined && entries.length === 0 && (
          <EmptyState title={intl.formatMessage({ id: isFiltered ? "auditLog.noMatch" : "auditLog.empty" })}>
            {isFiltered ? (
              <Button variant="default" size="sm" onClick={clear}>
                <FormattedMessage id="filter.clear" />
              </Button>
            ) : (
              <StateHint>
                <FormattedMessage id="auditLog.emptyHint" />
              </StateHint>
            )}
          </EmptyState>
        )}
        {entries.length > 0 && (
          <ol className={styles["list"]} aria-label={intl.formatMessage({ id: "auditLog.entries" })}>
            {entries.map((entry) => (
              <AuditItem key={entry.id} entry={entry} targetNames={names.targets} />
            ))}
          </ol>
        )}
        {data !== undefined && (
          <Pager
            after={after}
            pageInfo={data.auditLog.pageInfo}
            onChange={(next) => setSearch({ after: next }, { push: true })}
          />
        )}
      </Panel>
    </>
  );
}
