import { Button } from "@mantine/core";
import { RotateCw } from "lucide-react";
import { useState } from "react";
import { FormattedMessage, type IntlShape, useIntl } from "react-intl";
import { type CombinedError, useMutation } from "urql";
import { graphql } from "../../graphql/generated/gql.ts";
import type { WebhookItemFragment } from "../../graphql/generated/graphql.ts";
import { type Refusal, refusalsOf } from "../../refusals/refusal.ts";
import { refusalText } from "../../refusals/refusal-text.ts";
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

const WebhookRepair_RetryLatest = graphql(`
  mutation WebhookRepair_RetryLatest($input: RetryDeliveryInput!) {
    retryDelivery(input: $input) {
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
  failed,
  latestFailureId,
  range,
  onRepaired,
}: {
  organizationId: string;
  webhook: WebhookItemFragment;
  /** Deliveries of `range` that were given up. */
  failed: number;
  /** The delivery that failed last; null when there is none, or it is not known yet. */
  latestFailureId: string | null;
  range: { readonly since: string; readonly until: string };
  onRepaired: () => void;
}) {
  const intl = useIntl();
  const [, sendMissed] = useMutation(WebhookRepair_SendMissed);
  const [, retryFailed] = useMutation(WebhookRepair_RetryFailed);
  const [, retryLatest] = useMutation(WebhookRepair_RetryLatest);
  const [isBusy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<Answer>();

  const send = async (repair: Repair): Promise<Answer> => {
    if (repair.kind === "missed") {
      const since = webhook.missed.since ?? range.since;
      const { data, error } = await sendMissed({ input: { webhookConfigId: webhook.id, since } });
      return await answerOf(intl, data?.replayMissedDeliveries, error);
    }
    if (repair.kind === "failed") {
      const filter = { webhookConfigId: [webhook.id], status: ["FAILED" as const], ...range };
      const { data, error } = await retryFailed({ input: { organizationId, filter } });
      return await answerOf(intl, data?.replayDeliveries, error);
    }
    const { data, error } = await retryLatest({ input: { id: repair.deliveryId } });
    return await answerOf(intl, data && { ...data.retryDelivery, count: { total: 1 } }, error);
  };
  const run = async (repair: Repair) => {
    setBusy(true);
    setAnswer(await send(repair));
    setBusy(false);
    onRepaired();
  };

  return (
    <div className={styles["repair"]}>
      {repairsOf(webhook, failed, latestFailureId).map((repair) => (
        <Button
          key={repair.kind}
          size="xs"
          leftSection={<RotateCw size={14} aria-hidden="true" />}
          disabled={isBusy}
          onClick={() => void run(repair)}
        >
          <FormattedMessage id={`repair.${repair.kind}`} values={{ count: "count" in repair ? repair.count : 1 }} />
        </Button>
      ))}
      <div role="status">{answer !== undefined && <RepairAnswer answer={answer} />}</div>
    </div>
  );
}

async function answerOf(
  intl: IntlShape,
  payload: { readonly count?: { readonly total: number } | null; readonly errors: readonly Refusal[] } | undefined,
  failure: CombinedError | undefined,
): Promise<Answer> {
  const problem = await refusalText(intl, refusalsOf(payload?.errors, failure));
  return { count: payload?.count?.total ?? 0, problem };
}

function RepairAnswer({ answer: { count, problem } }: { answer: Answer }) {
  if (problem !== null) return <p className={styles["problem"]}>{problem}</p>;
  return (
    <p className={styles["success"]}>
      <FormattedMessage id="repair.started" values={{ count }} />
    </p>
  );
}
