import { Button } from "@mantine/core";
import { useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useQuery } from "urql";
import { Badge } from "../components/badge.tsx";
import { EmptyState } from "../components/list-states.tsx";
import { Panel } from "../components/panel.tsx";
import { QueryBoundary } from "../components/query-boundary.tsx";
import { RelativeTime } from "../components/relative-time.tsx";
import { graphql } from "../graphql/generated/gql.ts";
import type { RevisionsPanel_RevisionFragment } from "../graphql/generated/graphql.ts";
import { Difference } from "./difference.tsx";
import type { SavedTemplate } from "./request-draft.ts";
import { templateText } from "./request-text.ts";
import styles from "./revisions-panel.module.css";

graphql(`
  fragment RevisionsPanel_Revision on RequestTemplate {
    revision
    method
    path
    headers
    body
    fields
    createdAt
    createdBy
  }
`);

const RevisionsPanel_Revisions = graphql(`
  query RevisionsPanel_Revisions($id: ID!, $after: String) {
    webhookConfig(id: $id) {
      id
      requestTemplateRevisions(first: 10, after: $after) {
        edges {
          node {
            ...RevisionsPanel_Revision
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

/** A template as it was saved once. */
export type Revision = RevisionsPanel_RevisionFragment;

/** The revision that is in use. */
export interface CurrentTemplate extends SavedTemplate {
  readonly revision: number;
}

/** All that a webhook's request template ever was, each beside the one in use. */
export function RevisionsPanel({
  webhookConfigId,
  current,
  onRestore,
}: {
  webhookConfigId: string;
  /** Null: the payload is sent as it is. */
  current: CurrentTemplate | null;
  /** Null for those who may not change it. */
  onRestore: ((revision: Revision) => void) | null;
}) {
  const intl = useIntl();
  const [cursors, setCursors] = useState<readonly string[]>([]);
  return (
    <Panel title={intl.formatMessage({ id: "revisions.title" })}>
      <div className={styles["content"]}>
        <p className={styles["hint"]}>
          <FormattedMessage id="revisions.hint" />
        </p>
        {[null, ...cursors].map((after, page, pages) => (
          <Page
            // Asked for anew when another one comes into use.
            key={`${after} ${current?.revision}`}
            webhookConfigId={webhookConfigId}
            after={after}
            current={current}
            onRestore={onRestore}
            onMore={page === pages.length - 1 ? (cursor) => setCursors([...cursors, cursor]) : null}
          />
        ))}
      </div>
    </Panel>
  );
}

function Page({
  webhookConfigId,
  after,
  current,
  onRestore,
  onMore,
}: {
  webhookConfigId: string;
  after: string | null;
  current: CurrentTemplate | null;
  onRestore: ((revision: Revision) => void) | null;
  /** Null while the next page is shown. */
  onMore: ((cursor: string) => void) | null;
}) {
  const intl = useIntl();
  const [{ data, error }, reload] = useQuery({
    query: RevisionsPanel_Revisions,
    variables: { id: webhookConfigId, after },
    requestPolicy: "cache-and-network",
  });
  return (
    <QueryBoundary data={data} error={error} onRetry={() => reload({ requestPolicy: "network-only" })}>
      {({ webhookConfig }) => {
        const { edges = [], pageInfo } = webhookConfig?.requestTemplateRevisions ?? {};
        const cursor = pageInfo?.hasNextPage === true ? pageInfo.endCursor : null;
        if (edges.length === 0) return <EmptyState title={intl.formatMessage({ id: "revisions.empty" })} />;
        return (
          <>
            <ul className={styles["revisions"]} aria-label={intl.formatMessage({ id: "revisions.title" })}>
              {edges.map(({ node }) => (
                <Item key={node.revision} revision={node} current={current} onRestore={onRestore} />
              ))}
            </ul>
            {onMore !== null && cursor != null && (
              <div>
                <Button variant="default" size="xs" onClick={() => onMore(cursor)}>
                  <FormattedMessage id="revisions.more" />
                </Button>
              </div>
            )}
          </>
        );
      }}
    </QueryBoundary>
  );
}

function Item({
  revision,
  current,
  onRestore,
}: {
  revision: Revision;
  current: CurrentTemplate | null;
  onRestore: ((revision: Revision) => void) | null;
}) {
  const intl = useIntl();
  const [isCompared, setIsCompared] = useState(false);
  const number = { revision: revision.revision };
  const isCurrent = revision.revision === current?.revision;
  return (
    <li className={styles["revision"]} aria-label={intl.formatMessage({ id: "revisions.revision" }, number)}>
      <div className={styles["facts"]}>
        <span className={styles["number"]}>
          <FormattedMessage id="revisions.revision" values={number} />
        </span>
        {isCurrent && (
          <Badge tone="success">
            <FormattedMessage id="revisions.current" />
          </Badge>
        )}
        <span className={styles["by"]}>
          {revision.createdBy} · <RelativeTime at={revision.createdAt} />
        </span>
      </div>
      {!isCurrent && (
        <div className={styles["actions"]}>
          <Button
            variant="subtle"
            size="compact-sm"
            aria-expanded={isCompared}
            aria-label={intl.formatMessage({ id: "revisions.compare" }, number)}
            onClick={() => setIsCompared(!isCompared)}
          >
            <FormattedMessage id="revisions.compareShort" />
          </Button>
          {onRestore !== null && (
            <Button
              variant="default"
              size="compact-sm"
              aria-label={intl.formatMessage({ id: "revisions.restore" }, number)}
              onClick={() => onRestore(revision)}
            >
              <FormattedMessage id="revisions.restoreShort" />
            </Button>
          )}
        </div>
      )}
      {isCompared && !isCurrent && (
        <Difference
          label={intl.formatMessage({ id: "revisions.difference" }, number)}
          before={templateText(revision)}
          after={templateText(current)}
        />
      )}
    </li>
  );
}
