import { Button } from "@mantine/core";
import { RotateCw } from "lucide-react";
import { useState } from "react";
import { FormattedMessage } from "react-intl";
import { type CombinedError, useMutation } from "urql";
import { graphql } from "../../graphql/generated/gql.ts";
import type { WebhookItemFragment } from "../../graphql/generated/graphql.ts";
import { type Repairs, repairsOf } from "./webhook-condition.ts";
import styles from "./webhook-item.module.css";

const WebhookRepair_SendMissed = graphql(`
  mutation WebhookRepair_SendMissed($input: ReplayMissedDeliveriesInput!) {
    replayMissedDeliveries(input: $input) {
      count {
        total
      }
      errors {
        message
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
        message
      }
    }
  }
`);

interface Answer {
  readonly payload:
    | { readonly count?: { readonly total: number } | null; readonly errors: readonly { readonly message: string }[] }
    | undefined;
  readonly error: CombinedError | undefined;
}

/** The one click that sends what the receiver did not get. Shown only while there is something to send, or its answer. */
export function WebhookRepair({
  organizationId,
  webhook,
  failed,
  range,
  onRepaired,
}: {
  organizationId: string;
  webhook: WebhookItemFragment;
  /** Deliveries of `range` that were given up. */
  failed: number;
  range: { readonly since: string; readonly until: string };
  onRepaired: () => void;
}) {
  const [, sendMissed] = useMutation(WebhookRepair_SendMissed);
  const [, retryFailed] = useMutation(WebhookRepair_RetryFailed);
  const [isBusy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<Answer>();
  const repairs = repairsOf(webhook, { failed });

  const run = async (repair: () => Promise<Answer>) => {
    setBusy(true);
    setAnswer(await repair());
    setBusy(false);
    onRepaired();
  };
  const repairBy: Readonly<Record<keyof Repairs, () => Promise<Answer>>> = {
    missed: async () => {
      const since = webhook.missed.since ?? range.since;
      const { data, error } = await sendMissed({ input: { webhookConfigId: webhook.id, since } });
      return { payload: data?.replayMissedDeliveries, error };
    },
    failed: async () => {
      const filter = { webhookConfigId: [webhook.id], status: ["FAILED" as const], ...range };
      const { data, error } = await retryFailed({ input: { organizationId, filter } });
      return { payload: data?.replayDeliveries, error };
    },
  };

  return (
    <div className={styles["repair"]}>
      {(["missed", "failed"] as const)
        .filter((repair) => repairs[repair] > 0)
        .map((repair) => (
          <Button
            key={repair}
            size="xs"
            leftSection={<RotateCw size={14} aria-hidden="true" />}
            disabled={isBusy}
            onClick={() => void run(repairBy[repair])}
          >
            <FormattedMessage id={`repair.${repair}`} values={{ count: repairs[repair] }} />
          </Button>
        ))}
      <div role="status">{answer !== undefined && <RepairAnswer answer={answer} />}</div>
    </div>
  );
}

function RepairAnswer({ answer: { payload, error } }: { answer: Answer }) {
  const problem = payload?.errors.map(({ message }) => message).join(" ") || error?.message;
  if (problem !== undefined) return <p className={styles["problem"]}>{problem}</p>;
  return (
    <p className={styles["success"]}>
      <FormattedMessage id="repair.started" values={{ count: payload?.count?.total ?? 0 }} />
    </p>
  );
}
