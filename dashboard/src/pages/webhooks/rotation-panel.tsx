import { Button, NativeSelect } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useMutation } from "urql";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { useNowMs } from "../../components/now.ts";
import { Panel } from "../../components/panel.tsx";
import { Problem } from "../../components/problem.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { graphql } from "../../graphql/generated/gql.ts";
import { useRefusalText } from "../../refusals/use-refusal-text.ts";
import styles from "./rotation-panel.module.css";
import { SavedSecret } from "./saved-secret.tsx";

const RotationPanel_Rotate = graphql(`
  mutation RotationPanel_Rotate($input: RotateWebhookSecretInput!) {
    rotateWebhookSecret(input: $input) {
      webhookConfig {
        id
        previousSecretExpiresAt
      }
      secretKey
      errors {
        ...Refusal
      }
    }
  }
`);

const RotationPanel_EndOverlap = graphql(`
  mutation RotationPanel_EndOverlap($input: EndWebhookSecretOverlapInput!) {
    endWebhookSecretOverlap(input: $input) {
      webhookConfig {
        id
        previousSecretExpiresAt
      }
      errors {
        ...Refusal
      }
    }
  }
`);

/** How long the secret so far may sign too, in seconds; none after a leak. */
const overlaps = ["0", "3600", "86400", "259200", "604800"] as const;

/** Gives the webhook a new secret without losing a verification: for a while both sign. */
export function RotationPanel({
  webhookConfigId,
  previousSecretExpiresAt,
  canManage,
}: {
  webhookConfigId: string;
  /** Null when only the current secret signs. */
  previousSecretExpiresAt: string | null;
  canManage: boolean;
}) {
  const intl = useIntl();
  const [rotation, rotate] = useMutation(RotationPanel_Rotate);
  const [overlap, setOverlap] = useState<(typeof overlaps)[number]>("86400");
  const [isAsking, dialog] = useDisclosure(false);
  const problem = useRefusalText(rotation.data?.rotateWebhookSecret.errors, rotation.error);
  const secretKey = rotation.data?.rotateWebhookSecret.secretKey;
  const nowMs = useNowMs();
  const isOverlapping = previousSecretExpiresAt !== null && Date.parse(previousSecretExpiresAt) > nowMs;
  return (
    <Panel title={intl.formatMessage({ id: "secret.title" })}>
      {secretKey != null && <SavedSecret secretKey={secretKey} />}
      {isOverlapping && (
        <Overlap webhookConfigId={webhookConfigId} endsAt={previousSecretExpiresAt} canManage={canManage} />
      )}
      <div className={styles["content"]}>
        {problem !== null && !rotation.fetching && <Problem>{problem}</Problem>}
        <p className={styles["hint"]}>
          <FormattedMessage id={canManage ? "rotation.hint" : "secret.hidden"} />
        </p>
        {canManage && (
          <div className={styles["row"]}>
            <NativeSelect
              label={intl.formatMessage({ id: "rotation.overlap" })}
              data={overlaps.map((value) => ({
                value,
                label: intl.formatMessage({ id: `rotation.overlap.${value}` }),
              }))}
              value={overlap}
              onChange={({ currentTarget: { value } }) =>
                setOverlap(overlaps.find((seconds) => seconds === value) ?? "86400")
              }
            />
            <Button
              variant="default"
              leftSection={<KeyRound size={15} aria-hidden="true" />}
              loading={rotation.fetching}
              onClick={dialog.open}
            >
              <FormattedMessage id="rotation.rotate" />
            </Button>
          </div>
        )}
      </div>
      <ConfirmDialog
        isOpen={isAsking}
        question={intl.formatMessage({ id: "rotation.question" })}
        confirmLabel={intl.formatMessage({ id: "rotation.rotate" })}
        isDestructive={overlap === "0"}
        onConfirm={() => void rotate({ input: { id: webhookConfigId, overlapSeconds: Number(overlap) } })}
        onClose={dialog.close}
      >
        <FormattedMessage id={overlap === "0" ? "rotation.atOnce" : "rotation.withOverlap"} />
        {isOverlapping && (
          <p>
            <FormattedMessage id="rotation.endsOverlap" />
          </p>
        )}
      </ConfirmDialog>
    </Panel>
  );
}

function Overlap({
  webhookConfigId,
  endsAt,
  canManage,
}: {
  webhookConfigId: string;
  endsAt: string;
  canManage: boolean;
}) {
  const intl = useIntl();
  const [{ data, error, fetching }, end] = useMutation(RotationPanel_EndOverlap);
  const [isAsking, dialog] = useDisclosure(false);
  const problem = useRefusalText(data?.endWebhookSecretOverlap.errors, error);
  return (
    <div className={styles["overlap"]}>
      <p className={styles["line"]}>
        <strong>
          <FormattedMessage id="rotation.bothSign" values={{ when: <RelativeTime at={endsAt} /> }} />
        </strong>
      </p>
      <ul className={styles["hints"]}>
        <li>
          <FormattedMessage id="rotation.standardHint" />
        </li>
        <li>
          <FormattedMessage id="rotation.legacyHint" />
        </li>
      </ul>
      {problem !== null && !fetching && <Problem>{problem}</Problem>}
      {canManage && (
        <div>
          <Button variant="default" size="sm" loading={fetching} onClick={dialog.open}>
            <FormattedMessage id="rotation.end" />
          </Button>
        </div>
      )}
      <ConfirmDialog
        isOpen={isAsking}
        question={intl.formatMessage({ id: "rotation.endQuestion" })}
        confirmLabel={intl.formatMessage({ id: "rotation.end" })}
        isDestructive
        onConfirm={() => void end({ input: { id: webhookConfigId } })}
        onClose={dialog.close}
      >
        <FormattedMessage id="rotation.endHint" />
      </ConfirmDialog>
    </div>
  );
}
