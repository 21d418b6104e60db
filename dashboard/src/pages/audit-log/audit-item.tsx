import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { RelativeTime } from "../../components/relative-time.tsx";
import { graphql } from "../../graphql/generated/gql.ts";
import type { AuditItemFragment } from "../../graphql/generated/graphql.ts";
import { isKnownAction } from "./audit-actions.ts";
import { AuditChanges } from "./audit-changes.tsx";
import { changesIn, detail } from "./audit-details.ts";
import styles from "./audit-log-page.module.css";
import { AuditTarget } from "./audit-target.tsx";
import { useRoleName } from "./use-role-name.ts";

graphql(`
  fragment AuditItem on AuditLogEntry {
    id
    action
    actorKind
    actorName
    targetId
    details
    createdAt
  }
`);

export function AuditItem({
  entry,
  targetNames,
}: {
  entry: AuditItemFragment;
  targetNames: ReadonlyMap<string, string>;
}) {
  return (
    <li className={styles["item"]}>
      <span className={styles["sentence"]}>
        <Sentence entry={entry} targetNames={targetNames} />
      </span>
      <span className={styles["when"]}>
        <RelativeTime at={entry.createdAt} />
      </span>
      <AuditChanges changes={changesIn(entry.details)} />
    </li>
  );
}

/** What was done, as one says it: "Ayşe created the webhook CRM". */
function Sentence({ entry, targetNames }: { entry: AuditItemFragment; targetNames: ReadonlyMap<string, string> }) {
  const intl = useIntl();
  const roleName = useRoleName();
  const { action, actorKind, targetId, details } = entry;
  const userId = detail(details, "userId");
  const name =
    detail(details, "name") ??
    detail(details, "email") ??
    targetNames.get(String(userId ?? targetId)) ??
    targetId?.slice(0, 8) ??
    "";
  const values: Record<string, ReactNode> = {
    actor: (
      <strong>
        {actorKind === "SYSTEM" ? (
          <FormattedMessage id="auditLog.service" />
        ) : (
          (entry.actorName ?? <FormattedMessage id="auditLog.unknownActor" />)
        )}
      </strong>
    ),
    target: (
      <AuditTarget action={action} targetId={targetId ?? null}>
        {String(name)}
      </AuditTarget>
    ),
    percent: intl.formatNumber(Number(detail(details, "percent") ?? 0) / 100, { style: "percent" }),
    seconds: Number(detail(details, "seconds") ?? 0),
    total: Number(detail(details, "total") ?? 0),
    reason: detail(details, "reason") ?? "",
    role: roleName(detail(details, "role")),
  };
  if (isKnownAction(action)) return <FormattedMessage id={`audit.${action}`} values={values} />;
  return (
    <FormattedMessage id="auditLog.unknownAction" values={{ actor: values["actor"], action: <code>{action}</code> }} />
  );
}
