import { RotationPanel } from "./rotation-panel.tsx";
import { SignatureCheckPanel } from "./signature-check-panel.tsx";
import { VerificationPanel } from "./verification-panel.tsx";

/** The secret of a webhook, whether a doubted request is signed with it, and how receivers check that. */
export function WebhookSigning({
  webhookConfigId,
  previousSecretExpiresAt,
  canManage,
}: {
  webhookConfigId: string;
  previousSecretExpiresAt: string | null;
  canManage: boolean;
}) {
  return (
    <>
      <RotationPanel
        webhookConfigId={webhookConfigId}
        previousSecretExpiresAt={previousSecretExpiresAt}
        canManage={canManage}
      />
      {canManage && <SignatureCheckPanel webhookConfigId={webhookConfigId} />}
      <VerificationPanel />
    </>
  );
}
