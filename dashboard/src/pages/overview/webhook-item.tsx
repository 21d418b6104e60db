import { Button, Switch } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Send } from "lucide-react";
import { type ReactNode, useId } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useMutation } from "urql";
import { Sparkline } from "../../charts/sparkline.tsx";
import { formatShare } from "../../components/format-share.ts";
import { RelativeTime } from "../../components/relative-time.tsx";
import { TestVerdict } from "../../deliveries/test-verdict.tsx";
import { graphql } from "../../graphql/generated/gql.ts";
import type { WebhookItem_TestMutation, WebhookItemFragment } from "../../graphql/generated/graphql.ts";
import { useRefusalText } from "../../refusals/use-refusal-text.ts";
import { ConditionBadge } from "../../webhooks/condition-badge.tsx";
import type { LatestFailure } from "../../webhooks/use-latest-failures.ts";
import { conditionOf } from "../../webhooks/webhook-condition.ts";
import { WebhookTrouble } from "../../webhooks/webhook-trouble.tsx";
import type { WebhookStats } from "./use-overview.ts";
import styles from "./webhook-item.module.css";

graphql(`
  fragment WebhookItem on WebhookConfig {
    id
    organizationId
    name
    url
    events
    ...WebhookTrouble
  }
`);

const WebhookItem_Switch = graphql(`
  mutation WebhookItem_Switch($input: UpdateWebhookConfigInput!) {
    updateWebhookConfig(input: $input) {
      webhookConfig {
        ...WebhookItem
      }
      errors {
        ...Refusal
      }
    }
  }
`);

const WebhookItem_Test = graphql(`
  mutation WebhookItem_Test($input: TestWebhookConfigInput!) {
    testWebhookConfig(input: $input) {
      success
      delivery {
        ...TestVerdict
      }
      errors {
        ...Refusal
      }
    }
  }
`);

export function WebhookItem({
  webhook,
  canManage,
  stats,
  failure,
  repair,
}: {
  webhook: WebhookItemFragment;
  canManage: boolean;
  /** Of the page's range of time; undefined for a webhook that was made after they were read. */
  stats: WebhookStats | undefined;
  failure: LatestFailure | undefined;
  /** What repairs it with one click; null for those who may not. */
  repair: ReactNode;
}) {
  const intl = useIntl();
  const nameId = useId();
  const [switching, switchTo] = useMutation(WebhookItem_Switch);
  const [testing, test] = useMutation(WebhookItem_Test);
  const testProblem = useRefusalText(testing.data?.testWebhookConfig.errors, testing.error);
  const switchProblem = useRefusalText(switching.data?.updateWebhookConfig.errors, switching.error);

  return (
    <li className={styles["item"]} aria-labelledby={nameId}>
      <div className={styles["head"]}>
        <h3 className={styles["name"]}>
          <Link
            id={nameId}
            className={styles["link"] ?? ""}
            to="/organizations/$organizationId/webhooks/$webhookConfigId"
            params={{ organizationId: webhook.organizationId, webhookConfigId: webhook.id }}
          >
            {webhook.name}
          </Link>
          <ConditionBadge condition={conditionOf(webhook, stats)} />
        </h3>
        <div className={styles["controls"]}>
          {canManage && (
            <Button
              variant="default"
              size="xs"
              leftSection={<Send size={14} aria-hidden="true" />}
              loading={testing.fetching}
              onClick={() => void test({ input: { id: webhook.id } })}
            >
              <FormattedMessage id="webhook.test" />
            </Button>
          )}
          <Switch
            size="sm"
            labelPosition="left"
            withThumbIndicator={false}
            label={intl.formatMessage({ id: webhook.isActive ? "webhook.on" : "webhook.off" })}
            checked={webhook.isActive}
            disabled={!canManage || switching.fetching}
            onChange={(event) => void switchTo({ input: { id: webhook.id, isActive: event.currentTarget.checked } })}
          />
        </div>
      </div>
      <div className={styles["facts"]}>
        <div>
          <p className={styles["url"]}>{webhook.url}</p>
          <p className={styles["dim"]}>
            {intl.formatList(
              webhook.events.map((event) => intl.formatMessage({ id: `event.${event}` })),
              { type: "conjunction" },
            )}
          </p>
          {webhook.lastTriggeredAt != null && (
            <p className={styles["dim"]}>
              <FormattedMessage
                id="webhook.lastTriggered"
                values={{ when: <RelativeTime at={webhook.lastTriggeredAt} /> }}
              />
            </p>
          )}
        </div>
        {stats !== undefined && stats.success + stats.failed > 0 && <History stats={stats} />}
      </div>
      <WebhookTrouble webhook={webhook} recent={stats} failure={failure} />
      {repair}
      {switchProblem !== null && (
        <p className={styles["problem"]} role="alert">
          {switchProblem}
        </p>
      )}
      <div role="status">
        {!testing.fetching && (testing.data !== undefined || testing.error !== undefined) && (
          <TestResult result={testing.data?.testWebhookConfig} problem={testProblem} />
        )}
      </div>
    </li>
  );
}

function History({ stats }: { stats: WebhookStats }) {
  const intl = useIntl();
  const counts = intl.formatMessage({ id: "webhook.history" }, { success: stats.success, failed: stats.failed });
  return (
    <div className={styles["history"]}>
      <Sparkline label={counts} buckets={stats.buckets} />
      {stats.successRate != null && (
        <span className={styles["rate"]} title={counts}>
          {formatShare(intl, stats.successRate)}
        </span>
      )}
    </div>
  );
}

function TestResult({
  result,
  problem,
}: {
  result: WebhookItem_TestMutation["testWebhookConfig"] | undefined;
  problem: string | null;
}) {
  if (result?.delivery == null) return problem !== null && <p className={styles["problem"]}>{problem}</p>;
  return (
    <p className={result.success === true ? styles["success"] : styles["problem"]}>
      <TestVerdict delivery={result.delivery} />
    </p>
  );
}
