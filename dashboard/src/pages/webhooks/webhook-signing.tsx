import { RotationPanel } from "./rotation-panel.tsx";
import { VerificationPanel } from "./verification-panel.tsx";

/** The secret of a webhook, and how receivers check what is signed with it. */
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
      <VerificationPanel />
    </>
  );
}
