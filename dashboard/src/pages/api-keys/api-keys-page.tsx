import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Plus } from "lucide-react";
import { FormattedMessage, useIntl } from "react-intl";
import { useQuery } from "urql";
import { EmptyState, StateHint } from "../../components/list-states.tsx";
import { ManagersOnly } from "../../components/managers-only.tsx";
import { useNowMs } from "../../components/now.ts";
import { PageHeader } from "../../components/page-header.tsx";
import { Pager } from "../../components/pager.tsx";
import { Panel } from "../../components/panel.tsx";
import { QueryBoundary } from "../../components/query-boundary.tsx";
import { graphql } from "../../graphql/generated/gql.ts";
import { useOrganizationUpdates } from "../../graphql/use-organization-updates.ts";
import { useOrganization } from "../../session/organization.ts";
import { useSetSearch } from "../../url/use-set-search.ts";
import { ApiKeyItem } from "./api-key-item.tsx";
import styles from "./api-keys-page.module.css";
import { apiKeysRoute } from "./api-keys-route.ts";
import { CreateApiKeyDialog } from "./create-api-key-dialog.tsx";
import { isWorking } from "./is-working.ts";

const ApiKeysPage_Keys = graphql(`
  query ApiKeysPage_Keys($organizationId: ID!, $after: String) {
    apiKeys(organizationId: $organizationId, first: 50, after: $after) {
      edges {
        node {
          ...ApiKeyItem
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

/** The credentials of an organization's programs; for those who may manage them. */
export function ApiKeysPage() {
  const intl = useIntl();
  const { access } = useOrganization();
  return access.canManage ? <ApiKeys /> : <ManagersOnly title={intl.formatMessage({ id: "apiKeys.title" })} />;
}

function ApiKeys() {
  const intl = useIntl();
  const { id: organizationId } = useOrganization();
  const { after } = apiKeysRoute.useSearch();
  const setSearch = useSetSearch<{ after: string }>();
  const nowMs = useNowMs();
  const [isCreating, creation] = useDisclosure(false);
  const [{ data, error }, reload] = useQuery({
    query: ApiKeysPage_Keys,
    variables: { organizationId, after: after ?? null },
    requestPolicy: "cache-and-network",
  });
  const reloadNow = () => reload({ requestPolicy: "network-only" });
  useOrganizationUpdates(organizationId, ["API_KEYS"], reloadNow);
  const keys = data?.apiKeys.edges.map(({ node }) => node) ?? [];
  const working = keys.filter((key) => isWorking(key, nowMs));
  const ended = keys.filter((key) => !isWorking(key, nowMs));
  return (
    <>
      <PageHeader
        title={intl.formatMessage({ id: "apiKeys.title" })}
        description={<FormattedMessage id="apiKeys.description" />}
        actions={
          <Button leftSection={<Plus size={16} aria-hidden="true" />} onClick={creation.open}>
            <FormattedMessage id="apiKeys.new" />
          </Button>
        }
      />
      <Panel title={intl.formatMessage({ id: "apiKeys.working" })}>
        <QueryBoundary data={data} error={error} onRetry={reloadNow}>
          {({ apiKeys: { pageInfo } }) => (
            <>
              {working.length === 0 ? (
                <EmptyState title={intl.formatMessage({ id: "apiKeys.empty" })}>
                  <StateHint>
                    <FormattedMessage id="apiKeys.emptyHint" />
                  </StateHint>
                </EmptyState>
              ) : (
                <ul className={styles["list"]} aria-label={intl.formatMessage({ id: "apiKeys.working" })}>
                  {working.map((key) => (
                    <ApiKeyItem key={key.id} apiKey={key} isWorking onRevoked={reloadNow} />
                  ))}
                </ul>
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
      {ended.length > 0 && (
        <Panel title={intl.formatMessage({ id: "apiKeys.ended" })}>
          <ul className={styles["list"]} aria-label={intl.formatMessage({ id: "apiKeys.ended" })}>
            {ended.map((key) => (
              <ApiKeyItem key={key.id} apiKey={key} isWorking={false} onRevoked={reloadNow} />
            ))}
          </ul>
        </Panel>
      )}
      {isCreating && <CreateApiKeyDialog onCreated={reloadNow} onClose={creation.close} />}
    </>
  );
}
