import { Button } from "@mantine/core";
import { RotateCw } from "lucide-react";
import { useState } from "react";
import { FormattedMessage, type IntlShape, useIntl } from "react-intl";
import { type CombinedError, useMutation } from "urql";
import { graphql } from "../../graphql/generated/gql.ts";
import type { WebhookItemFragment } from "../../graphql/generated/graphql.ts";
import { type Refusal, refusalsOf } from "../../refusals/refusal.ts";
import { refusalText } from "../../refusals/refusal-text.ts";
import type { WebhookStats } from "./use-overview.ts";
import styles from "./webhook-item.module.css";
import { type Repair, repairsOf } from "./webhook-repairs.ts";

const WebhookRepair_SendMissed = graphql(`
  mutation WebhookRepair_SendMissed($input: ReplayMissedDeliveriesInput!) {
    replayMissedDeliveries(input: $input) {
      count {
        total
      }
      errors {
        ...Refusal
      }
    }
  }
`);

const WebhookRepair_RetryFailed = graphql(`
  mutation WebhookRepair_RetryFailed($input: ReplayDeliveriesInput!) {
    replayDeliveries(input: $input) {
      count {
        total
      }
      errors {
        ...Refusal
      }
    }
  }
`);

const WebhookRepair_RetryWaiting = graphql(`
  mutation WebhookRepair_RetryWaiting($input: RetryWaitingDeliveriesInput!) {
    retryWaitingDeliveries(input: $input) {
      count
      errors {
        ...Refusal
      }
    }
  }
`);

interface Answer {
  /** What is being sent again. */
  readonly count: number;
  /** Why nothing is; null when it was accepted. */
  readonly problem: string | null;
}

/** The one click that sends what the receiver did not get. Shown only while there is something to send, or its answer. */
export function WebhookRepair({
  organizationId,
  webhook,
  deliveries,
  range,
  onRepaired,
}: {
  organizationId: string;
  webhook: WebhookItemFragment;
  /** Of `range`; undefined for a webhook that was made after they were read. */
  deliveries: WebhookStats | undefined;
  range: { readonly since: string; readonly until: string };
  onRepaired: () => void;
}) {
  const intl = useIntl();
  const [, sendMissed] = useMutation(WebhookRepair_SendMissed);
  const [, retryFailed] = useMutation(WebhookRepair_RetryFailed);
  const [, retryWaiting] = useMutation(WebhookRepair_RetryWaiting);
  const [isBusy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<Answer>();

  const send = async (repair: Repair): Promise<Answer> => {
    if (repair.kind === "missed") {
      const since = webhook.missed.since ?? range.since;
      const { data, error } = await sendMissed({ input: { webhookConfigId: webhook.id, since } });
      const payload = data?.replayMissedDeliveries;
      return await answerOf(intl, payload?.count?.total, payload?.errors, error);
    }
    if (repair.kind === "failed") {
      const filter = { webhookConfigId: [webhook.id], status: ["FAILED" as const], ...range };
      const { data, error } = await retryFailed({ input: { organizationId, filter } });
      const payload = data?.replayDeliveries;
      return await answerOf(intl, payload?.count?.total, payload?.errors, error);
    }
    const { data, error } = await retryWaiting({ input: { webhookConfigId: webhook.id } });
    const payload = data?.retryWaitingDeliveries;
    return await answerOf(intl, payload?.count, payload?.errors, error);
  };
  const run = async (repair: Repair) => {
    setBusy(true);
    setAnswer(await send(repair));
    setBusy(false);
    onRepaired();
  };

  return (
    <div className={styles["repair"]}>
      {repairsOf(webhook, deliveries).map((repair) => (
        <Button
          key={repair.kind}
          size="xs"
          leftSection={<RotateCw size={14} aria-hidden="true" />}
          disabled={isBusy}
          onClick={() => void run(repair)}
        >
          <FormattedMessage id={`repair.${repair.kind}`} values={{ count: repair.count }} />
        </Button>
      ))}
      <div role="status">{answer !== undefined && <RepairAnswer answer={answer} />}</div>
    </div>
  );
}

async function answerOf(
  intl: IntlShape,
  count: number | null | undefined,
  errors: readonly Refusal[] | undefined,
  failure: CombinedError | undefined,
): Promise<Answer> {
  return { count: count ?? 0, problem: await refusalText(intl, refusalsOf(errors, failure)) };
}

function RepairAnswer({ answer: { count, problem } }: { answer: Answer }) {
  if (problem !== null) return <p className={styles["problem"]}>{problem}</p>;
  return (
    <p className={styles["success"]}>
      <FormattedMessage id="repair.started" values={{ count }} />
    </p>
  );
}
