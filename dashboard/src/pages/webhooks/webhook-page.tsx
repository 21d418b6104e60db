import { Tabs } from "@mantine/core";
import { lazy } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useQuery } from "urql";
import { LazyPart } from "../../components/lazy-part.tsx";
import { EmptyState, StateHint } from "../../components/list-states.tsx";
import { useMinuteMs } from "../../components/now.ts";
import { PageHeader } from "../../components/page-header.tsx";
import { QueryBoundary } from "../../components/query-boundary.tsx";
import { useDeliveryChanges } from "../../feed/use-delivery-changes.ts";
import { graphql } from "../../graphql/generated/gql.ts";
import type { WebhookTroubleFragment } from "../../graphql/generated/graphql.ts";
import { useOrganizationUpdates } from "../../graphql/use-organization-updates.ts";
import { useOrganization } from "../../session/organization.ts";
import { timeRangeOf } from "../../url/time-range.ts";
import { useSetSearch } from "../../url/use-set-search.ts";
import { ConditionBadge } from "../../webhooks/condition-badge.tsx";
import { useLatestFailures } from "../../webhooks/use-latest-failures.ts";
import { conditionOf, type RecentDeliveries } from "../../webhooks/webhook-condition.ts";
import { WebhookTrouble } from "../../webhooks/webhook-trouble.tsx";
import { CertificateWarning } from "./login/certificate-warning.tsx";
import { MissedPanel } from "./missed-panel.tsx";
import { PayloadPreviewPanel } from "./payload-preview-panel.tsx";
import { WebhookActivity } from "./webhook-activity.tsx";
import styles from "./webhook-page.module.css";
import { type WebhookTab, webhookRoute, webhookTabs } from "./webhook-route.ts";
import { WebhookSigning } from "./webhook-signing.tsx";
import { WebhookSwitch } from "./webhook-switch.tsx";
import { WebhookTestPanel } from "./webhook-test-panel.tsx";

const WebhookPage_Webhook = graphql(`
  query WebhookPage_Webhook($organizationId: ID!, $id: ID!) {
    webhookConfig(id: $id) {
      id
      name
      url
      organizationId
      events
      customHeaderNames
      timeoutSeconds
      maxRetries
      retryEnabled
      previousSecretExpiresAt
      clientCertificate {
        expiresAt
      }
      ...WebhookTrouble
    }
    deliveryStats(organizationId: $organizationId, webhookConfigId: $id) {
      success
      retrying
    }
  }
`);

const WebhookSettings = lazy(() =>
  import("./webhook-settings.tsx").then((module) => ({ default: module.WebhookSettings })),
);

const WebhookRequest = lazy(() =>
  import("./webhook-request.tsx").then((module) => ({ default: module.WebhookRequest })),
);

const WebhookLogin = lazy(() =>
  import("./login/webhook-login.tsx").then((module) => ({ default: module.WebhookLogin })),
);

/** How soon the page shows what deliveries did to the webhook's health. */
const refreshMs = 2_000;

/** One webhook: how it is doing, what it was sent, and everything that can be changed about it. */
export function WebhookPage() {
  const intl = useIntl();
  const { id: organizationId, access } = useOrganization();
  const { webhookConfigId } = webhookRoute.useParams();
  const { tab = "activity", replay } = webhookRoute.useSearch();
  const setSearch = useSetSearch<{ tab: WebhookTab; replay: string }>();
  const [{ data, error }, reload] = useQuery({
    query: WebhookPage_Webhook,
    variables: { organizationId, id: webhookConfigId },
    requestPolicy: "cache-and-network",
  });
  const reloadNow = () => reload({ requestPolicy: "network-only" });
  useDeliveryChanges(organizationId, refreshMs, reloadNow);
  useOrganizationUpdates(organizationId, ["WEBHOOKS", "REPLAYS"], reloadNow);
  const webhook = data?.webhookConfig;
  if (webhook == null || webhook.organizationId !== organizationId) {
    return (
      <>
        <PageHeader title={intl.formatMessage({ id: "webhook.title" })} />
        <QueryBoundary data={data} error={error} onRetry={reloadNow}>
          {() => (
            <EmptyState title={intl.formatMessage({ id: "webhook.notFound" })}>
              <StateHint>
                <FormattedMessage id="webhook.notFoundHint" />
              </StateHint>
            </EmptyState>
          )}
        </QueryBoundary>
      </>
    );
  }
  const { canManage } = access;
  const isShown = (name: WebhookTab) => canManage || (name !== "settings" && name !== "test");
  return (
    <>
      <PageHeader
        title={webhook.name}
        description={<span className={styles["url"]}>{webhook.url}</span>}
        actions={
          <>
            <ConditionBadge condition={conditionOf(webhook, data?.deliveryStats)} />
            {canManage && <WebhookSwitch webhook={webhook} onChanged={reloadNow} />}
          </>
        }
      />
      <TroubleNow webhook={webhook} recent={data?.deliveryStats} />
      {webhook.clientCertificate != null && <CertificateWarning expiresAt={webhook.clientCertificate.expiresAt} />}
      {canManage && (
        <MissedPanel
          webhookConfigId={webhook.id}
          isActive={webhook.isActive}
          missed={webhook.missed}
          replayId={replay ?? null}
          onReplay={(id) => setSearch({ replay: id ?? undefined })}
        />
      )}
      <Tabs
        value={isShown(tab) ? tab : "activity"}
        onChange={(next) => setSearch({ tab: next === "activity" ? undefined : (next as WebhookTab) })}
        keepMounted={false}
      >
        <Tabs.List className={styles["tabs"] ?? ""} aria-label={intl.formatMessage({ id: "webhook.tabs" })}>
          {webhookTabs.filter(isShown).map((name) => (
            <Tabs.Tab key={name} value={name}>
              <FormattedMessage id={`webhook.tab.${name}`} />
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="activity" className={styles["panel"] ?? ""}>
          <WebhookActivity webhookConfigId={webhook.id} canManage={canManage} />
        </Tabs.Panel>
        <Tabs.Panel value="request" className={styles["panel"] ?? ""}>
          <LazyPart>
            <WebhookRequest organizationId={organizationId} webhookConfigId={webhook.id} canManage={canManage} />
          </LazyPart>
        </Tabs.Panel>
        <Tabs.Panel value="login" className={styles["panel"] ?? ""}>
          <LazyPart>
            <WebhookLogin webhookConfigId={webhook.id} canManage={canManage} />
          </LazyPart>
        </Tabs.Panel>
        {canManage && (
          <Tabs.Panel value="test" className={styles["panel"] ?? ""}>
            <WebhookTestPanel webhookConfigId={webhook.id} />
          </Tabs.Panel>
        )}
        {canManage && (
          <Tabs.Panel value="settings" className={styles["panel"] ?? ""}>
            <LazyPart>
              <WebhookSettings key={webhook.id} webhook={webhook} onChanged={reloadNow} />
            </LazyPart>
          </Tabs.Panel>
        )}
        <Tabs.Panel value="signing" className={styles["panel"] ?? ""}>
          <WebhookSigning
            webhookConfigId={webhook.id}
            previousSecretExpiresAt={webhook.previousSecretExpiresAt ?? null}
            canManage={canManage}
          />
        </Tabs.Panel>
        <Tabs.Panel value="preview" className={styles["panel"] ?? ""}>
          <PayloadPreviewPanel webhookConfigId={webhook.id} events={webhook.events} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

/** With the reason of its latest failure, looked up for this one webhook. */
function TroubleNow({
  webhook,
  recent,
}: {
  webhook: WebhookTroubleFragment & { readonly organizationId: string };
  recent: RecentDeliveries | undefined;
}) {
  const { id, organizationId } = webhook;
  const { since } = timeRangeOf({}, useMinuteMs());
  const known = recent === undefined ? [] : ([[id, recent]] as const);
  const failures = useLatestFailures(organizationId, [webhook], new Map(known), since);
  return <WebhookTrouble webhook={webhook} recent={recent} failure={failures.get(id)} />;
}
