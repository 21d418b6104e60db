import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useMutation, useQuery } from "urql";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { Panel } from "../../components/panel.tsx";
import { Problem } from "../../components/problem.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { graphql } from "../../graphql/generated/gql.ts";
import { useRefusalText } from "../../refusals/use-refusal-text.ts";
import { ReplayProgress } from "../../replays/replay-progress.tsx";
import styles from "./missed-panel.module.css";

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

const MissedPanel_Started = graphql(`
  query MissedPanel_Started($id: ID!) {
    replay(id: $id) {
      webhookConfig {
        id
      }
      ...ReplayProgress
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
}: {
  webhookConfigId: string;
  isActive: boolean;
  missed: { readonly count: number; readonly since?: string | null };
  /** The replay whose progress is shown; null: none. */
  replayId: string | null;
  onReplay: (id: string | null) => void;
}) {
  const intl = useIntl();
  const [{ data, error, fetching }, execute] = useMutation(MissedPanel_Replay);
  const [counted, setCounted] = useState(0);
  const [isAsking, dialog] = useDisclosure(false);
  const problem = useRefusalText(data?.replayMissedDeliveries.errors, error);
  const since = missed.since ?? null;
  const [{ data: started }] = useQuery({
    query: MissedPanel_Started,
    variables: { id: replayId ?? "" },
    pause: replayId === null,
  });
  // An address may name a replay that is not this webhook's, or not there any more.
  const shownReplay =
    replayId !== null && started?.replay?.webhookConfig?.id === webhookConfigId ? started.replay : null;
  const isOffered = isActive && missed.count > 0 && since !== null && shownReplay === null;
  if (!isOffered && shownReplay === null) return null;
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
        {shownReplay !== null && (
          <ReplayProgress
            key={shownReplay.id}
            replay={shownReplay}
            canManage
            afterEnd={
              <Button size="compact-sm" variant="default" onClick={() => onReplay(null)}>
                <FormattedMessage id="dialog.close" />
              </Button>
            }
          />
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
