import { Button, Progress } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useMutation } from "urql";
import { Problem } from "../components/problem.tsx";
import { RelativeTime } from "../components/relative-time.tsx";
import { graphql } from "../graphql/generated/gql.ts";
import type { ReplayProgressFragment } from "../graphql/generated/graphql.ts";
import { useLiveUpdates } from "../graphql/use-live-updates.ts";
import { refusalsOf } from "../refusals/refusal.ts";
import { refusalText } from "../refusals/refusal-text.ts";
import styles from "./replay-progress.module.css";

graphql(`
  fragment ReplayProgress on Replay {
    id
    status
    createdAt
    finishedAt
    failureReason
    requestedBy
    count {
      total
    }
    progress {
      succeeded
      failed
      leftOut
      retrying
      underWay
      waiting
    }
  }
`);

const ReplayProgress_Progress = graphql(`
  subscription ReplayProgress_Progress($id: ID!) {
    replayProgress(id: $id) {
      ...ReplayProgress
    }
  }
`);

const ReplayProgress_Cancel = graphql(`
  mutation ReplayProgress_Cancel($input: CancelReplayInput!) {
    cancelReplay(input: $input) {
      replay {
        ...ReplayProgress
      }
      errors {
        ...Refusal
      }
    }
  }
`);

/** How far a replay is, live, with a way to stop it. */
export function ReplayProgress({
  replay: listed,
  canManage,
  afterEnd,
}: {
  replay: ReplayProgressFragment;
  canManage: boolean;
  /** What can be done once it has ended. */
  afterEnd?: ReactNode;
}) {
  const intl = useIntl();
  const [live, setLive] = useState<ReplayProgressFragment | null>(null);
  const replay = live ?? listed;
  const [{ fetching: isCancelling }, executeCancel] = useMutation(ReplayProgress_Cancel);
  const [problem, setProblem] = useState<string | null>(null);
  const cancel = async () => {
    const { data, error } = await executeCancel({ input: { id: listed.id } });
    setProblem(await refusalText(intl, refusalsOf(data?.cancelReplay.errors, error)));
  };
  const { total } = replay.count;
  const { succeeded, failed, leftOut, retrying } = replay.progress;
  const percent = (part: number) => (total === 0 ? 0 : (100 * part) / total);
  return (
    <div className={styles["replay"]}>
      {replay.status === "RUNNING" && <FollowReplay id={replay.id} onProgress={setLive} />}
      <div className={styles["head"]}>
        <strong role="status">
          <FormattedMessage id={`replay.status.${replay.status}`} values={{ count: total }} />
        </strong>
        <span className={styles["dim"]}>
          {replay.requestedBy} · <RelativeTime at={replay.createdAt} />
        </span>
        <span className={styles["actions"]}>
          {canManage && replay.status === "RUNNING" && (
            <Button size="compact-sm" variant="default" loading={isCancelling} onClick={() => void cancel()}>
              <FormattedMessage id="replay.cancel" />
            </Button>
          )}
          {replay.status !== "RUNNING" && afterEnd}
        </span>
      </div>
      <Progress.Root
        size="md"
        role="progressbar"
        aria-label={intl.formatMessage({ id: "replay.progress" })}
        aria-valuenow={Math.round(percent(succeeded + failed + leftOut + retrying))}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <Progress.Section withAria={false} value={percent(succeeded)} color="var(--status-success-fill)" />
        <Progress.Section withAria={false} value={percent(failed + retrying)} color="var(--status-failed-fill)" />
        <Progress.Section withAria={false} value={percent(leftOut)} color="var(--status-cancelled-fill)" />
      </Progress.Root>
      <p className={styles["dim"]}>
        <FormattedMessage
          id="replay.counts"
          values={{ succeeded, failed: failed + retrying, left: total - succeeded - failed - retrying - leftOut }}
        />
        {leftOut > 0 && (
          <>
            {" · "}
            <FormattedMessage id="replay.leftOut" values={{ count: leftOut }} />
          </>
        )}
      </p>
      {replay.failureReason != null && <Problem>{replay.failureReason}</Problem>}
      {problem !== null && <Problem>{problem}</Problem>}
    </div>
  );
}

/** Shows nothing: follows a replay for as long as there is something to follow. */
function FollowReplay({ id, onProgress }: { id: string; onProgress: (replay: ReplayProgressFragment) => void }) {
  useLiveUpdates(
    ReplayProgress_Progress,
    id,
    () => ({ id }),
    ({ replayProgress }) => onProgress(replayProgress),
  );
  return null;
}
