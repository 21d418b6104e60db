import { Button, Progress } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useMutation, useQuery } from "urql";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { Panel } from "../../components/panel.tsx";
import { Problem } from "../../components/problem.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { graphql } from "../../graphql/generated/gql.ts";
import type { MissedPanel_ProgressSubscription } from "../../graphql/generated/graphql.ts";
import { useLiveUpdates } from "../../graphql/use-live-updates.ts";
import { useRefusalText } from "../../refusals/use-refusal-text.ts";
import styles from "./missed-panel.module.css";
import { doneShare } from "./replay-share.ts";

const MissedPanel_Replay = graphql(`
  mutation MissedPanel_Replay($input: ReplayMissedDeliveriesInput!) {
    replayMissedDeliveries(input: $input) {
      count {
        total
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

const MissedPanel_Cancel = graphql(`
  mutation MissedPanel_Cancel($input: CancelReplayInput!) {
    cancelReplay(input: $input) {
      errors {
        ...Refusal
      }
    }
  }
`);

const MissedPanel_State = graphql(`
  query MissedPanel_State($id: ID!) {
    replay(id: $id) {
      id
      webhookConfig {
        id
      }
    }
  }
`);

const MissedPanel_Progress = graphql(`
  subscription MissedPanel_Progress($id: ID!) {
    replayProgress(id: $id) {
      id
      status
      failureReason
      count {
        total
      }
      progress {
        waiting
        underWay
        succeeded
        retrying
        failed
        leftOut
      }
    }
  }
`);

/** Offers a webhook that is on again what it missed: counts first, then sends, and shows how far it is. */
export function MissedPanel({
  webhookConfigId,
  isActive,
  missed,
  replayId,
  onReplay,
  onFinished,
}: {
  webhookConfigId: string;
  isActive: boolean;
  missed: { readonly count: number; readonly since?: string | null };
  /** The replay whose progress is shown; null: none. */
  replayId: string | null;
  onReplay: (id: string | null) => void;
  onFinished: () => void;
}) {
  const intl = useIntl();
  const [{ data, error, fetching }, execute] = useMutation(MissedPanel_Replay);
  const [counted, setCounted] = useState(0);
  const [isAsking, dialog] = useDisclosure(false);
  const problem = useRefusalText(data?.replayMissedDeliveries.errors, error);
  const since = missed.since ?? null;
  const [{ data: known }] = useQuery({
    query: MissedPanel_State,
    variables: { id: replayId ?? "" },
    pause: replayId === null,
  });
  // An address may name a replay that is not this webhook's, or not there any more.
  const isReplayHere = replayId !== null && known?.replay?.webhookConfig?.id === webhookConfigId;
  const isOffered = isActive && missed.count > 0 && since !== null && !isReplayHere;
  if (!isOffered && !isReplayHere) return null;
  const replay = async (dryRun: boolean) => {
    if (since === null) return;
    const answer = await execute({ input: { webhookConfigId, since, dryRun } });
    const payload = answer.data?.replayMissedDeliveries;
    if (payload?.replay != null) onReplay(payload.replay.id);
    else if (payload?.count != null) {
      setCounted(payload.count.total);
      dialog.open();
    }
  };
  return (
    <Panel title={intl.formatMessage({ id: "missed.title" })}>
      <div className={styles["content"]}>
        {problem !== null && !fetching && <Problem>{problem}</Problem>}
        {isReplayHere && (
          <ReplayState key={replayId} replayId={replayId} onFinished={onFinished} onDismiss={() => onReplay(null)} />
        )}
        {isOffered && (
          <div className={styles["offer"]}>
            <p className={styles["words"]}>
              <FormattedMessage id="missed.offer" values={{ count: missed.count, when: <RelativeTime at={since} /> }} />
            </p>
            <Button loading={fetching} onClick={() => void replay(true)}>
              <FormattedMessage id="missed.send" />
            </Button>
          </div>
        )}
      </div>
      <ConfirmDialog
        isOpen={isAsking}
        question={intl.formatMessage({ id: "missed.question" }, { count: counted })}
        confirmLabel={intl.formatMessage({ id: "missed.send" })}
        onConfirm={() => void replay(false)}
        onClose={dialog.close}
      >
        <FormattedMessage id="missed.hint" />
      </ConfirmDialog>
    </Panel>
  );
}

type Replay = MissedPanel_ProgressSubscription["replayProgress"];

function ReplayState({
  replayId,
  onFinished,
  onDismiss,
}: {
  replayId: string;
  onFinished: () => void;
  onDismiss: () => void;
}) {
  const intl = useIntl();
  const [replay, setReplay] = useState<Replay | null>(null);
  const [{ data, error, fetching }, cancel] = useMutation(MissedPanel_Cancel);
  useLiveUpdates(
    MissedPanel_Progress,
    replayId,
    () => ({ id: replayId }),
    ({ replayProgress }) => {
      setReplay(replayProgress);
      if (replayProgress.status !== "RUNNING") onFinished();
    },
  );
  const problem = useRefusalText(data?.cancelReplay.errors, error);
  if (replay === null) return <FormattedMessage id="loading" />;
  const { progress, count, status } = replay;
  return (
    <div className={styles["replay"]}>
      <p role="status" className={styles["words"]}>
        <strong>
          <FormattedMessage id={`missed.status.${status}`} />
        </strong>{" "}
        <FormattedMessage
          id="missed.progress"
          values={{ total: count.total, succeeded: progress.succeeded, failed: progress.failed + progress.retrying }}
        />{" "}
        {replay.failureReason}
      </p>
      <Progress
        value={doneShare(progress, count.total) * 100}
        aria-label={intl.formatMessage({ id: "missed.progressLabel" })}
      />
      {problem !== null && !fetching && <Problem>{problem}</Problem>}
      <div>
        {status === "RUNNING" ? (
          <Button
            variant="default"
            size="sm"
            loading={fetching}
            onClick={() => void cancel({ input: { id: replayId } })}
          >
            <FormattedMessage id="missed.cancel" />
          </Button>
        ) : (
          <Button variant="default" size="sm" onClick={onDismiss}>
            <FormattedMessage id="missed.dismiss" />
          </Button>
        )}
      </div>
    </div>
  );
}
