import { useMemo } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useQuery } from "urql";
import { EmptyState, NoMatch, StateHint } from "../../components/list-states.tsx";
import { ManagersOnly } from "../../components/managers-only.tsx";
import { useMinuteMs } from "../../components/now.ts";
import { PageHeader } from "../../components/page-header.tsx";
import { Pager } from "../../components/pager.tsx";
import { Panel } from "../../components/panel.tsx";
import { QueryBoundary } from "../../components/query-boundary.tsx";
import { TimeRangePicker } from "../../components/time-range-picker.tsx";
import { graphql } from "../../graphql/generated/gql.ts";
import { useOrganizationUpdates } from "../../graphql/use-organization-updates.ts";
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
  useOrganizationUpdates(organizationId, ["AUDIT_LOG"], () => {
    reload({ requestPolicy: "network-only" });
    names.reload();
  });
  const isFiltered = action !== undefined || by !== undefined;
  const filter = (change: Partial<AuditLogSearch>) => setSearch({ ...change, after: undefined });
  const clear = () => filter({ action: undefined, by: undefined });
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
        <QueryBoundary data={data} error={error} onRetry={() => reload({ requestPolicy: "network-only" })} rows={6}>
          {({ auditLog: { edges, pageInfo } }) => (
            <>
              {edges.length === 0 ? (
                <NoEntries isFiltered={isFiltered} onClear={clear} />
              ) : (
                <ol className={styles["list"]} aria-label={intl.formatMessage({ id: "auditLog.entries" })}>
                  {edges.map(({ node }) => (
                    <AuditItem key={node.id} entry={node} targetNames={names.targets} />
                  ))}
                </ol>
              )}
              <Pager
                after={after}
                pageInfo={pageInfo}
                onChange={(next) => setSearch({ after: next }, { push: true })}
              />
            </>
          )}
        </QueryBoundary>
      </Panel>
    </>
  );
}

function NoEntries({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  const intl = useIntl();
  if (isFiltered) return <NoMatch title={intl.formatMessage({ id: "auditLog.noMatch" })} onClear={onClear} />;
  return (
    <EmptyState title={intl.formatMessage({ id: "auditLog.empty" })}>
      <StateHint>
        <FormattedMessage id="auditLog.emptyHint" />
      </StateHint>
    </EmptyState>
  );
}
