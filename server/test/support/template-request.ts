import { CREDENTIAL_MARKER, compileRequestTemplate, compileSuccessCondition } from "@vera-qr/templates";
import type { TemplateAuthentication, WebhookTemplate } from "@vera-qr/templates/library";
import { EVENT_TYPES } from "../../src/domain/event-catalogue.ts";
import { type ImitatedTokens, imitatedTokens } from "../../src/receiver/imitations/imitated-tokens.ts";
import type { ImitatedRequest, ImitationAnswer } from "../../src/receiver/imitations/imitation.ts";
import { IMITATIONS } from "../../src/receiver/imitations/imitations.ts";
import { expandTemplate } from "../../src/webhooks/expand-template.ts";
import { checkTemplateInputs, chosenTemplate } from "../../src/webhooks/template-choice.ts";

export const NOW = Date.parse("2026-11-24T12:00:00Z");
export const TOKENS: ImitatedTokens = imitatedTokens({ key: "receiver", lifetimeSeconds: 3600, generation: 0 });

/** The example order's payload, with changes to `data`. */
export function payloadWith(data: object = {}, metadata: object = {}): Readonly<Record<string, unknown>> {
  const { example } = EVENT_TYPES.ORDER_CREATED;
  return {
    ...example,
    data: { ...(example["data"] as object), ...data },
    metadata: { ...(example["metadata"] as object), ...metadata },
  };
}

/** What a webhook made from the template with the examples of all its inputs sends for this payload, as the vendor gets it. */
export function templateRequest(id: string, payload = payloadWith()): ImitatedRequest {
  const template = chosenTemplate({ id });
  const inputs = Object.fromEntries(template.inputs.map(({ key, placeholder }) => [key, placeholder]));
  const { settings } = expandTemplate(template, checkTemplateInputs(template, { id, inputs }), (url) => url);
  const { pathname, searchParams } = new URL(settings["url"] as string);
  const request = settings["requestTemplate"] as { method: "POST"; path: string | null; headers: object; body: string };
  const rendered =
    request === undefined
      ? { method: "POST", path: null, headers: [], body: JSON.stringify(payload) }
      : compileRequestTemplate({ ...request, headers: { ...request.headers }, fields: null }).render(payload);
  const [login, body] = loggedIn(template, settings["authentication"], rendered.body);
  return {
    method: rendered.method,
    path: pathname + (rendered.path ?? ""),
    query: searchParams,
    headers: {
      "content-type": "application/json",
      ...Object.fromEntries(rendered.headers.map(([name, value]) => [name.toLowerCase(), value])),
      ...login,
    },
    body,
  };
}

function loggedIn(
  { authentication }: WebhookTemplate,
  settings: unknown,
  body: string,
): [Record<string, string>, string] {
  const { header, body: inBody } = (settings ?? {}) as Readonly<Record<string, Readonly<Record<string, string>>>>;
  if (header !== undefined) return [{ [String(header["name"]).toLowerCase()]: String(header["value"]) }, body];
  if (inBody !== undefined) return [{}, body.replace(CREDENTIAL_MARKER, String(inBody["credential"]))];
  if (authentication === null) return [{}, body];
  const { scheme } = authentication as Extract<TemplateAuthentication, { scheme: string }>;
  return [{ authorization: `${scheme} ${TOKENS.issue(NOW)}` }, body];
}

/** What the template's imitation says, to a sender whose signature is valid. */
export function answerOf(id: string, request: ImitatedRequest, records = new Map<string, string>()): ImitationAnswer {
  const answer = IMITATIONS.get(id)?.answer(request, { tokens: TOKENS, records, now: NOW, isSignatureValid: true });
  if (answer === undefined) throw new Error(`Nothing imitates ${id}.`);
  return answer;
}

/** Whether a webhook made from the template takes this answer for a success. */
export function isSuccess(id: string, { status, body }: ImitationAnswer): boolean {
  const { successCondition } = chosenTemplate({ id });
  if (successCondition === null) return status >= 200 && status < 300;
  return compileSuccessCondition(successCondition).isSuccess({ status, body });
}
