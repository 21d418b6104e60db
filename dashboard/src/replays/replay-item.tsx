import { Button, Progress } from "@mantine/core";
import { useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useMutation } from "urql";
import { Problem } from "../components/problem.tsx";
import { RelativeTime } from "../components/relative-time.tsx";
import { graphql } from "../graphql/generated/gql.ts";
import type { ReplayItemFragment } from "../graphql/generated/graphql.ts";
import { useLiveUpdates } from "../graphql/use-live-updates.ts";
import { refusalsOf } from "../refusals/refusal.ts";
import { refusalText } from "../refusals/refusal-text.ts";
import styles from "./replay-item.module.css";

graphql(`
  fragment ReplayItem on Replay {
    id
    status
    createdAt
    finishedAt
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

const ReplayItem_Progress = graphql(`
  subscription ReplayItem_Progress($id: ID!) {
    replayProgress(id: $id) {
      ...ReplayItem
    }
  }
`);

const ReplayItem_Cancel = graphql(`
  mutation ReplayItem_Cancel($input: CancelReplayInput!) {
    cancelReplay(input: $input) {
      replay {
        ...ReplayItem
      }
      errors {
        ...Refusal
      }
    }
  }
`);

/** How far a replay is, live, with a way to stop it. */
export function ReplayItem({ replay: listed, canManage }: { replay: ReplayItemFragment; canManage: boolean }) {
  const intl = useIntl();
  const [live, setLive] = useState<ReplayItemFragment | null>(null);
  const replay = live ?? listed;
  const [{ fetching: isCancelling }, executeCancel] = useMutation(ReplayItem_Cancel);
  const [problem, setProblem] = useState<string | null>(null);
  const cancel = async () => {
    const { data, error } = await executeCancel({ input: { id: listed.id } });
    setProblem(await refusalText(intl, refusalsOf(data?.cancelReplay.errors, error)));
  };
  const { total } = replay.count;
  const { succeeded, failed, leftOut, retrying } = replay.progress;
  const percent = (part: number) => (total === 0 ? 0 : (100 * part) / total);
  return (
    <li className={styles["item"]}>
      {replay.status === "RUNNING" && <FollowReplay id={replay.id} onProgress={setLive} />}
      <div className={styles["head"]}>
        <strong>
          <FormattedMessage id={`replay.status.${replay.status}`} values={{ count: total }} />
        </strong>
        <span className={styles["dim"]}>
          {replay.requestedBy} · <RelativeTime at={replay.createdAt} />
        </span>
        {canManage && replay.status === "RUNNING" && (
          <Button
            className={styles["cancel"] ?? ""}
            size="compact-sm"
            variant="default"
            loading={isCancelling}
            onClick={() => void cancel()}
          >
            <FormattedMessage id="replay.cancel" />
          </Button>
        )}
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
      {problem !== null && <Problem>{problem}</Problem>}
    </li>
  );
}

/** Shows nothing: follows a replay for as long as there is something to follow. */
function FollowReplay({ id, onProgress }: { id: string; onProgress: (replay: ReplayItemFragment) => void }) {
  useLiveUpdates(
    ReplayItem_Progress,
    id,
    () => ({ id }),
    ({ replayProgress }) => onProgress(replayProgress),
  );
  return null;
}
