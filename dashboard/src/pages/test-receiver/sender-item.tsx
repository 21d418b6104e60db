import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Send } from "lucide-react";
import { FormattedMessage, useIntl } from "react-intl";
import { useMutation } from "urql";
import { Problem } from "../../components/problem.tsx";
import { graphql } from "../../graphql/generated/gql.ts";
import type { SenderItemFragment } from "../../graphql/generated/graphql.ts";
import { useRefusalText } from "../../refusals/use-refusal-text.ts";
import styles from "./sender-item.module.css";

graphql(`
  fragment SenderItem on WebhookConfig {
    id
    organizationId
    name
    isActive
    timeoutSeconds
  }
`);

const SenderItem_Test = graphql(`
  mutation SenderItem_Test($input: TestWebhookConfigInput!) {
    testWebhookConfig(input: $input) {
      success
      errors {
        ...Refusal
      }
    }
  }
`);

/** A webhook that sends to the receiver. Its test arrives in the list below. */
export function SenderItem({ sender, canManage }: { sender: SenderItemFragment; canManage: boolean }) {
  const intl = useIntl();
  const [{ data, error, fetching }, test] = useMutation(SenderItem_Test);
  const { id, organizationId, name, isActive, timeoutSeconds } = sender;
  const problem = useRefusalText(data?.testWebhookConfig.errors, error);
  return (
    <li className={styles["item"]} aria-label={name}>
      <span className={styles["words"]}>
        <Link
          className={styles["name"] ?? ""}
          to="/organizations/$organizationId/webhooks/$webhookConfigId"
          params={{ organizationId, webhookConfigId: id }}
        >
          {name}
        </Link>
        <span className={styles["detail"]}>
          {!isActive && (
            <>
              <FormattedMessage id="webhook.off" />
              {" · "}
            </>
          )}
          <FormattedMessage
            id="receiver.waits"
            values={{ seconds: intl.formatNumber(timeoutSeconds, { style: "unit", unit: "second" }) }}
          />
        </span>
      </span>
      {canManage && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<Send size={14} aria-hidden="true" />}
          loading={fetching}
          onClick={() => void test({ input: { id } })}
        >
          <FormattedMessage id="webhook.test" />
        </Button>
      )}
      {problem !== null && !fetching && (
        <div className={styles["problem"]}>
          <Problem>{problem}</Problem>
        </div>
      )}
    </li>
  );
}
