import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { FormattedMessage, useIntl } from "react-intl";
import { useQuery } from "urql";
import { EmptyState, NoMatch, StateHint } from "../../components/list-states.tsx";
import { useMinuteMs } from "../../components/now.ts";
import { PageHeader } from "../../components/page-header.tsx";
import { Panel } from "../../components/panel.tsx";
import { QueryBoundary } from "../../components/query-boundary.tsx";
import { useDeliveryChanges } from "../../feed/use-delivery-changes.ts";
import { graphql } from "../../graphql/generated/gql.ts";
import { useOrganizationUpdates } from "../../graphql/use-organization-updates.ts";
import { useOrganization } from "../../session/organization.ts";
import { timeRangeOf } from "../../url/time-range.ts";
import { useSetSearch } from "../../url/use-set-search.ts";
import { useLatestFailures } from "../../webhooks/use-latest-failures.ts";
import { type WebhookFilterSearch, webhookFilterOf } from "./webhook-filter.ts";
import { WebhookFilters } from "./webhook-filters.tsx";
import { WebhookListItem } from "./webhook-list-item.tsx";
import styles from "./webhooks-page.module.css";
import { webhooksRoute } from "./webhooks-route.ts";

const WebhooksPage_Webhooks = graphql(`
  query WebhooksPage_Webhooks($organizationId: ID!, $filter: WebhookConfigFilter, $first: Int!) {
    webhookConfigs(organizationId: $organizationId, filter: $filter, first: $first) {
      edges {
        node {
          ...WebhookListItem
        }
      }
      pageInfo {
        hasNextPage
      }
    }
    deliveryStatsByWebhook(organizationId: $organizationId) {
      webhookConfigId
      stats {
        total
        success
        retrying
        successRate
      }
    }
  }
`);

const shownMax = 100;
/** How soon the health of webhooks shows what deliveries did to it. */
const refreshMs = 2_000;

/** All webhooks with their health: what arrives, and if not, why. */
export function WebhooksPage() {
  const intl = useIntl();
  const { id: organizationId, access } = useOrganization();
  const search = webhooksRoute.useSearch();
  const setSearch = useSetSearch<WebhookFilterSearch>();
  const filter = webhookFilterOf(search);
  const clear = () => setSearch({ name: undefined, state: undefined, event: undefined });
  const [{ data, error }, reload] = useQuery({
    query: WebhooksPage_Webhooks,
    variables: { organizationId, filter, first: shownMax },
    requestPolicy: "cache-and-network",
  });
  const reloadNow = () => reload({ requestPolicy: "network-only" });
  useDeliveryChanges(organizationId, refreshMs, reloadNow);
  useOrganizationUpdates(organizationId, ["WEBHOOKS"], reloadNow);
  const statsOf = new Map(data?.deliveryStatsByWebhook.map(({ webhookConfigId, stats }) => [webhookConfigId, stats]));
  const webhooks = data?.webhookConfigs.edges.map(({ node }) => node) ?? [];
  const { since } = timeRangeOf({}, useMinuteMs());
  const failures = useLatestFailures(organizationId, webhooks, statsOf, since);
  return (
    <>
      <PageHeader
        title={intl.formatMessage({ id: "webhooks.title" })}
        description={intl.formatMessage({ id: "webhooks.description" })}
        actions={access.canManage && <NewWebhookLink organizationId={organizationId} />}
      />
      <Panel
        title={intl.formatMessage({ id: "webhooks.list" })}
        aside={<WebhookFilters search={search} isFiltered={filter !== null} onFilter={setSearch} onClear={clear} />}
      >
        <QueryBoundary data={data} error={error} onRetry={reloadNow}>
          {({ webhookConfigs: { pageInfo } }) => (
            <>
              {webhooks.length === 0 ? (
                <NoWebhooks isFiltered={filter !== null} onClear={clear} />
              ) : (
                <ul className={styles["list"]} aria-label={intl.formatMessage({ id: "webhooks.list" })}>
                  {webhooks.map((webhook) => (
                    <WebhookListItem
                      key={webhook.id}
                      webhook={webhook}
                      stats={statsOf.get(webhook.id)}
                      failure={failures.get(webhook.id)}
                    />
                  ))}
                </ul>
              )}
              {pageInfo.hasNextPage && (
                <p className={styles["note"]}>
                  <FormattedMessage id="webhooks.more" values={{ count: shownMax }} />
                </p>
              )}
            </>
          )}
        </QueryBoundary>
      </Panel>
    </>
  );
}

function NoWebhooks({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  const intl = useIntl();
  const { id: organizationId, access } = useOrganization();
  if (isFiltered) return <NoMatch title={intl.formatMessage({ id: "webhooks.noMatch" })} onClear={onClear} />;
  return (
    <EmptyState title={intl.formatMessage({ id: "webhooks.empty" })}>
      <StateHint>
        <FormattedMessage id={access.canManage ? "webhooks.createHint" : "webhook.readOnly"} />
      </StateHint>
      {access.canManage && <NewWebhookLink organizationId={organizationId} />}
    </EmptyState>
  );
}

function NewWebhookLink({ organizationId }: { organizationId: string }) {
  return (
    <Button
      renderRoot={(props) => (
        <Link to="/organizations/$organizationId/webhooks/new" params={{ organizationId }} {...props} />
      )}
      leftSection={<Plus size={16} aria-hidden="true" />}
    >
      <FormattedMessage id="webhooks.new" />
    </Button>
  );
}
