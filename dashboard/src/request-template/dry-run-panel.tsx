import { Button } from "@mantine/core";
import { FlaskConical } from "lucide-react";
import { useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useClient } from "urql";
import { EmptyState, LoadingState } from "../components/list-states.tsx";
import { Panel } from "../components/panel.tsx";
import { Problem } from "../components/problem.tsx";
import { graphql } from "../graphql/generated/gql.ts";
import type { DryRunPanel_DryRunQuery } from "../graphql/generated/graphql.ts";
import { useRefusalText } from "../refusals/use-refusal-text.ts";
import { DryRunList } from "./dry-run-list.tsx";
import styles from "./dry-run-panel.module.css";
import type { RequestChanges } from "./request-draft.ts";

const DryRunPanel_DryRun = graphql(`
  query DryRunPanel_DryRun($input: RequestTemplateDryRunInput!) {
    requestTemplateDryRun(input: $input) {
      isCut
      events {
        event {
          id
          orderNumber
          eventType
          createdAt
        }
        isSame
        before {
          ...DryRunSide
        }
        after {
          ...DryRunSide
        }
      }
    }
  }
`);

const ordersMax = 20;

interface DryRun {
  /** The changes that it is about. */
  readonly changes: string;
  readonly result: Awaited<ReturnType<typeof runDry>>;
}

/** What changes that are not saved yet would make of the latest orders. */
export function DryRunPanel({ webhookConfigId, changes }: { webhookConfigId: string; changes: RequestChanges }) {
  const intl = useIntl();
  const client = useClient();
  const [isRunning, setIsRunning] = useState(false);
  const [run, setRun] = useState<DryRun | null>(null);
  const text = JSON.stringify(changes);
  const problem = useRefusalText(undefined, run?.result.error);
  const start = async () => {
    setIsRunning(true);
    setRun({ changes: text, result: await runDry(client, webhookConfigId, changes) });
    setIsRunning(false);
  };
  const found = run?.result.data?.requestTemplateDryRun;
  return (
    <Panel
      title={intl.formatMessage({ id: "dryRun.title" })}
      aside={
        <Button
          size="sm"
          variant="default"
          leftSection={<FlaskConical size={15} aria-hidden="true" />}
          loading={isRunning}
          onClick={() => void start()}
        >
          <FormattedMessage id="dryRun.start" values={{ count: ordersMax }} />
        </Button>
      }
    >
      <div className={styles["content"]}>
        <p className={styles["hint"]}>
          <FormattedMessage id="dryRun.hint" values={{ count: ordersMax }} />
        </p>
        {problem !== null && <Problem>{problem}</Problem>}
        {isRunning && run === null && <LoadingState label={intl.formatMessage({ id: "loading" })} />}
        <div role="status">
          {run !== null && run.changes !== text && (
            <p className={styles["outdated"]}>
              <FormattedMessage id="dryRun.outdated" />
            </p>
          )}
          {found?.isCut === true && (
            <p className={styles["hint"]}>
              <FormattedMessage id="dryRun.isCut" />
            </p>
          )}
        </div>
        {found !== undefined &&
          (found.events.length === 0 ? (
            <EmptyState title={intl.formatMessage({ id: "dryRun.empty" })} />
          ) : (
            <DryRunList events={found.events} />
          ))}
      </div>
    </Panel>
  );
}

export type DryRunEvent = DryRunPanel_DryRunQuery["requestTemplateDryRun"]["events"][number];

/** Asked anew each time: orders come in between. */
function runDry(client: ReturnType<typeof useClient>, webhookConfigId: string, changes: RequestChanges) {
  const { requestTemplate, filter } = changes;
  const input = {
    ...{ webhookConfigId, first: ordersMax },
    ...(requestTemplate !== undefined && { requestTemplate }),
    ...(filter !== undefined && { filter }),
  };
  return client.query(DryRunPanel_DryRun, { input }, { requestPolicy: "network-only" }).toPromise();
}
