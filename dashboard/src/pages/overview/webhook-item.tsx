import { Button, Switch } from "@mantine/core";
import { Send } from "lucide-react";
import { useId } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useMutation } from "urql";
import { RelativeTime } from "../../components/relative-time.tsx";
import { formatResponseTime } from "../../components/response-time.ts";
import { graphql } from "../../graphql/generated/gql.ts";
import type { WebhookItem_TestMutation, WebhookItemFragment } from "../../graphql/generated/graphql.ts";
import styles from "./webhook-item.module.css";

graphql(`
  fragment WebhookItem on WebhookConfig {
    id
    name
    url
    events
    isActive
    disabledReason
    lastTriggeredAt
  }
`);

const WebhookItem_Switch = graphql(`
  mutation WebhookItem_Switch($input: UpdateWebhookConfigInput!) {
    updateWebhookConfig(input: $input) {
      webhookConfig {
        ...WebhookItem
      }
      errors {
        message
      }
    }
  }
`);

const WebhookItem_Test = graphql(`
  mutation WebhookItem_Test($input: TestWebhookConfigInput!) {
    testWebhookConfig(input: $input) {
      success
      statusCode
      responseTimeMs
      message
      errors {
        message
      }
    }
  }
`);

export function WebhookItem({ webhook, canManage }: { webhook: WebhookItemFragment; canManage: boolean }) {
  const intl = useIntl();
  const nameId = useId();
  const [switching, switchTo] = useMutation(WebhookItem_Switch);
  const [testing, test] = useMutation(WebhookItem_Test);
  const switchProblem = problemOf(switching.data?.updateWebhookConfig.errors, switching.error);

  return (
    <li className={styles["item"]} aria-labelledby={nameId}>
      <div className={styles["head"]}>
        <h3 id={nameId} className={styles["name"]}>
          {webhook.name}
        </h3>
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
      <p className={styles["url"]}>{webhook.url}</p>
      <p className={styles["events"]}>
        {intl.formatList(
          webhook.events.map((event) => intl.formatMessage({ id: `event.${event}` })),
          { type: "conjunction" },
        )}
      </p>
      {!webhook.isActive && webhook.disabledReason != null && (
        <p className={styles["problem"]}>
          {webhook.disabledReason === "gone" ? (
            <FormattedMessage id="webhook.disabledGone" />
          ) : (
            <FormattedMessage id="webhook.disabledReason" values={{ reason: webhook.disabledReason }} />
          )}
        </p>
      )}
      {switchProblem !== null && (
        <p className={styles["problem"]} role="alert">
          {switchProblem}
        </p>
      )}
      <div className={styles["foot"]}>
        <span className={styles["used"]}>
          {webhook.lastTriggeredAt == null ? (
            <FormattedMessage id="webhook.neverTriggered" />
          ) : (
            <FormattedMessage
              id="webhook.lastTriggered"
              values={{ when: <RelativeTime at={webhook.lastTriggeredAt} /> }}
            />
          )}
        </span>
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
      </div>
      <div role="status">
        {!testing.fetching && (testing.data !== undefined || testing.error !== undefined) && (
          <TestResult
            result={testing.data?.testWebhookConfig}
            problem={problemOf(testing.data?.testWebhookConfig.errors, testing.error)}
          />
        )}
      </div>
    </li>
  );
}

function TestResult({
  result,
  problem,
}: {
  result: WebhookItem_TestMutation["testWebhookConfig"] | undefined;
  problem: string | null;
}) {
  const intl = useIntl();
  if (problem !== null || result === undefined) return <p className={styles["problem"]}>{problem}</p>;
  const isSuccess = result.success === true;
  const time = formatResponseTime(intl, result.responseTimeMs ?? 0);
  return (
    <p className={isSuccess ? styles["success"] : styles["problem"]}>
      {result.statusCode == null ? (
        <NoAnswer reason={result.message ?? null} />
      ) : (
        <FormattedMessage
          id={isSuccess ? "webhook.testSucceeded" : "webhook.testRejected"}
          values={{ status: result.statusCode, time }}
        />
      )}
    </p>
  );
}

function NoAnswer({ reason }: { reason: string | null }) {
  if (reason === null) return <FormattedMessage id="webhook.testFailedUnknown" />;
  return <FormattedMessage id="webhook.testFailed" values={{ reason }} />;
}

function problemOf(
  errors: readonly { readonly message: string }[] | undefined,
  failure: Error | undefined,
): string | null {
  return errors?.map(({ message }) => message).join(" ") || failure?.message || null;
}
