import { Button } from "@mantine/core";
import { useEffect, useEffectEvent, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useMutation } from "urql";
import { Dialog } from "../components/dialog.tsx";
import { LoadingState } from "../components/list-states.tsx";
import { Problem } from "../components/problem.tsx";
import { graphql } from "../graphql/generated/gql.ts";
import type { DeliveryFilter, ReplayDialog_ReplayMutation } from "../graphql/generated/graphql.ts";
import { refusalsOf } from "../refusals/refusal.ts";
import { refusalText } from "../refusals/refusal-text.ts";
import { ReplayCount } from "./replay-count.tsx";
import styles from "./replay-dialog.module.css";

const ReplayDialog_Replay = graphql(`
  mutation ReplayDialog_Replay($input: ReplayDeliveriesInput!) {
    replayDeliveries(input: $input) {
      count {
        ...ReplayCount
      }
      replay {
        id
      }
      errors {
        ...Refusal
      }
    }
  }
`);

interface ReplayDialogProps {
  readonly organizationId: string;
  readonly filter: DeliveryFilter;
  readonly onStarted: () => void;
  readonly onClose: () => void;
}

/** Counts first what would be sent again, and sends it once that was seen. */
export function ReplayDialog({
  filter,
  ...props
}: Omit<ReplayDialogProps, "filter"> & { filter: DeliveryFilter | null }) {
  const intl = useIntl();
  return (
    <Dialog isOpen={filter !== null} onClose={props.onClose} title={intl.formatMessage({ id: "replay.question" })}>
      {filter !== null && <CountAndConfirm filter={filter} {...props} />}
    </Dialog>
  );
}

function CountAndConfirm({ organizationId, filter, onStarted, onClose }: ReplayDialogProps) {
  const intl = useIntl();
  const [, execute] = useMutation(ReplayDialog_Replay);
  const [answer, setAnswer] = useState<ReplayDialog_ReplayMutation["replayDeliveries"] | null>(null);
  const [isStarting, setIsStarting] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const send = async (dryRun: boolean) => {
    const { data, error } = await execute({ input: { organizationId, filter, dryRun } });
    setProblem(await refusalText(intl, refusalsOf(data?.replayDeliveries.errors, error)));
    return data?.replayDeliveries ?? null;
  };
  const count = useEffectEvent(async () => setAnswer(await send(true)));
  useEffect(() => void count(), []);
  const start = async () => {
    setIsStarting(true);
    const started = await send(false);
    setIsStarting(false);
    if (started?.replay == null) return;
    onStarted();
    onClose();
  };
  const total = answer?.count?.total ?? 0;
  const includesDelivered = filter.status == null || [filter.status].flat().includes("SUCCESS");
  return (
    <>
      {answer === null && problem === null && <LoadingState label={intl.formatMessage({ id: "replay.counting" })} />}
      {answer?.count != null && <ReplayCount count={answer.count} includesDelivered={includesDelivered} />}
      {problem !== null && <Problem>{problem}</Problem>}
      <div className={styles["actions"]}>
        <Button variant="default" onClick={onClose} data-autofocus>
          <FormattedMessage id="dialog.cancel" />
        </Button>
        {total > 0 && (
          <Button loading={isStarting} onClick={() => void start()}>
            <FormattedMessage id="replay.confirm" values={{ count: total }} />
          </Button>
        )}
      </div>
    </>
  );
}
