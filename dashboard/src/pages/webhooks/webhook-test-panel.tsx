import { Button } from "@mantine/core";
import { Send } from "lucide-react";
import { FormattedMessage, useIntl } from "react-intl";
import { useMutation } from "urql";
import { Panel } from "../../components/panel.tsx";
import { Problem } from "../../components/problem.tsx";
import { AttemptList } from "../../deliveries/attempt-list.tsx";
import { RequestBody } from "../../deliveries/request-body.tsx";
import { TestVerdict } from "../../deliveries/test-verdict.tsx";
import { graphql } from "../../graphql/generated/gql.ts";
import { useRefusalText } from "../../refusals/use-refusal-text.ts";
import styles from "./webhook-test-panel.module.css";

const WebhookTestPanel_Test = graphql(`
  mutation WebhookTestPanel_Test($input: TestWebhookConfigInput!) {
    testWebhookConfig(input: $input) {
      success
      delivery {
        ...TestVerdict
        requestMethod
        requestBody
        attempts {
          ...AttemptItem
        }
      }
      errors {
        ...Refusal
      }
    }
  }
`);

/** Sends a test event and shows what was sent and what came back. */
export function WebhookTestPanel({ webhookConfigId }: { webhookConfigId: string }) {
  const intl = useIntl();
  const [{ data, error, fetching }, test] = useMutation(WebhookTestPanel_Test);
  const result = data?.testWebhookConfig;
  const problem = useRefusalText(result?.errors, error);
  return (
    <Panel title={intl.formatMessage({ id: "webhookTest.title" })}>
      <div className={styles["test"]}>
        <p className={styles["hint"]}>
          <FormattedMessage id="webhookTest.hint" />
        </p>
        <div>
          <Button
            variant="default"
            leftSection={<Send size={15} aria-hidden="true" />}
            loading={fetching}
            onClick={() => void test({ input: { id: webhookConfigId } })}
          >
            <FormattedMessage id="webhook.test" />
          </Button>
        </div>
        {problem !== null && !fetching && <Problem>{problem}</Problem>}
        <div role="status">
          {result?.delivery != null && !fetching && (
            <p className={styles["verdict"]} data-success={result.success === true}>
              <TestVerdict delivery={result.delivery} />
            </p>
          )}
        </div>
        {result?.delivery != null && !fetching && (
          <>
            <AttemptList
              attempts={result.delivery.attempts}
              nextRetryAt={null}
              request={{ method: result.delivery.requestMethod, body: result.delivery.requestBody }}
            />
            <RequestBody body={result.delivery.requestBody} />
          </>
        )}
      </div>
    </Panel>
  );
}
