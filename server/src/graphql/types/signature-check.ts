import { SIGNATURE_SCHEMES, type SignatureFinding } from "../../domain/check-signatures.ts";
import { SIGNATURE_VERDICTS } from "../../domain/signature-verdict.ts";
import type { SignatureCheck } from "../../webhooks/check-webhook-signature.ts";
import { builder } from "../builder.ts";
import { asPayload, payloadType } from "./user-error.ts";
import { WebhookConfigRef } from "./webhook-config.ts";

const SCHEME_DESCRIPTIONS = {
  standard_webhooks: "`webhook-signature`, of id, timestamp and body.",
  x_webhook_signature: "`X-Webhook-Signature` (during a rotation also `X-Webhook-Signature-Previous`), of the body.",
} as const;

const SignatureSchemeEnum = builder.enumType("SignatureScheme", {
  description: "One of the two signatures that every request carries.",
  values: Object.fromEntries(
    SIGNATURE_SCHEMES.map((value) => [value.toUpperCase(), { value, description: SCHEME_DESCRIPTIONS[value] }]),
  ),
});

export const SignatureVerdictEnum = builder.enumType("SignatureVerdict", {
  description: "What is to be said of a signature: the likeliest reason if it does not verify. New ones may be added.",
  values: Object.fromEntries(
    Object.entries(SIGNATURE_VERDICTS).map(([value, description]) => [value.toUpperCase(), { value, description }]),
  ),
});

const SignatureFindingRef = builder.objectRef<SignatureFinding>("SignatureFinding").implement({
  description: "What was found about one signature.",
  fields: (t) => ({
    scheme: t.expose("scheme", { type: SignatureSchemeEnum, description: "Which one." }),
    verdict: t.expose("verdict", { type: SignatureVerdictEnum, description: "What is to be said of it." }),
    message: t.string({
      description: "The same in words, in English.",
      resolve: ({ verdict }) => SIGNATURE_VERDICTS[verdict],
    }),
    webhookConfig: t.prismaField({
      type: WebhookConfigRef,
      nullable: true,
      // Who manages need not read.
      authScopes: { scope: "read" },
      description: "The webhook whose secret it is made with; null when that is not known. Needs the scope `READ`.",
      resolve: (query, { webhookConfigId }, _args, { prisma }) =>
        webhookConfigId === null ? null : prisma.webhookConfig.findUnique({ ...query, where: { id: webhookConfigId } }),
    }),
    missingHeaders: t.exposeStringList("missingHeaders", {
      description: "Names of the headers that are missing; empty unless the verdict is `HEADERS_MISSING`.",
    }),
  }),
});

const SignatureCheckRef = builder.objectRef<SignatureCheck>("SignatureCheck").implement({
  description: "Whether a request is a webhook's, and if not, the likely reason.",
  fields: (t) => ({
    findings: t.field({
      type: [SignatureFindingRef],
      description: "One of each signature.",
      resolve: ({ findings }) => findings,
    }),
    deliveryId: t.exposeID("deliveryId", {
      nullable: true,
      description: "The delivery of this webhook whose id the request has; null when there is none.",
    }),
    bodyDiffersAt: t.exposeInt("bodyDiffersAt", {
      nullable: true,
      description:
        "0-based position of the first character in which the body differs from what that delivery sends; null when it does not, or is not known.",
    }),
  }),
});

const CheckWebhookSignatureInput = builder.inputType("CheckWebhookSignatureInput", {
  description: "A request as somebody received it.",
  fields: (t) => ({
    webhookConfigId: t.id({ required: true, description: "The webhook that it is said to come from." }),
    headers: t.field({
      type: "JSONObject",
      required: true,
      description: "Name to value, in any case; those that have nothing to do with the signature are not looked at.",
    }),
    body: t.string({ required: true, description: "The raw body; at most 2 Mi characters." }),
  }),
});

const CheckWebhookSignaturePayload = payloadType<{ check: SignatureCheck }>("CheckWebhookSignaturePayload", (t) => ({
  check: t.field({
    type: SignatureCheckRef,
    nullable: true,
    description: "The result.",
    resolve: ({ check }) => check,
  }),
}));

builder.mutationField("checkWebhookSignature", (t) =>
  t.field({
    type: CheckWebhookSignaturePayload,
    description:
      "Checks a request that a receiver doubts against the webhook's present and previous secret, and looks for the reason if it does not verify. Nothing is sent or stored, and no secret is answered. Needs the scope `MANAGE`.",
    args: { input: t.arg({ type: CheckWebhookSignatureInput, required: true }) },
    // Each hashes the body many times over.
    complexity: { field: 500, multiplier: 1 },
    resolve: (_root, { input }, { actor, services }) =>
      asPayload(async () => ({ check: await services.useCases.checkWebhookSignature(actor, { ...input }) })),
  }),
);
