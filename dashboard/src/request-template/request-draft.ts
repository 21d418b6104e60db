import type { RequestTemplate } from "@vera-qr/templates";
import type { RequestTemplateInput, UpdateWebhookConfigInput } from "../graphql/generated/graphql.ts";

/** What a webhook sends as the body: the payload as it is, some of its fields, or what a template of one's own says. */
export const bodyKinds = ["payload", "fields", "template"] as const;

export type BodyKind = (typeof bodyKinds)[number];

export const methods = ["POST", "PUT", "PATCH"] as const;

export interface DraftHeader {
  readonly name: string;
  readonly value: string;
}

/** Everything about a webhook's request that can be edited together; texts are empty where there is nothing. */
export interface RequestDraft {
  bodyKind: BodyKind;
  method: RequestTemplate["method"];
  path: string;
  headers: DraftHeader[];
  /** Kept while another kind is chosen, as `body` is. */
  fields: string[];
  body: string;
  filter: string;
  successCondition: string;
}

/** What the server has of it; null: as for a webhook without. */
export interface SavedRequest {
  readonly requestTemplate: (SavedTemplate & { readonly revision: number }) | null;
  readonly filter: string | null;
  readonly successCondition: string | null;
}

export interface SavedTemplate {
  readonly method: string;
  readonly path: string | null;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string | null;
  readonly fields: readonly string[] | null;
}

/** What is begun with when a template is chosen for the first time. */
export const firstBody = `{
  "order": "{{ data.order_number }}",
  "total": "{{ data.total_amount }}"
}`;

/** The draft that says what is saved. */
export function draftOf({ requestTemplate, filter, successCondition }: SavedRequest): RequestDraft {
  return {
    ...draftOfTemplate(requestTemplate),
    filter: withPlainLines(filter ?? ""),
    successCondition: withPlainLines(successCondition ?? ""),
  };
}

/** The part of a draft that has revisions. */
export function draftOfTemplate(template: SavedTemplate | null): Omit<RequestDraft, "filter" | "successCondition"> {
  const { body = null, fields = null } = template ?? {};
  return {
    bodyKind: body !== null ? "template" : fields !== null ? "fields" : "payload",
    method: methods.find((method) => method === template?.method) ?? "POST",
    path: template?.path ?? "",
    headers: Object.entries(template?.headers ?? {}).map(([name, value]) => ({ name, value: String(value) })),
    fields: [...(fields ?? [])],
    body: withPlainLines(body ?? firstBody),
  };
}

/** The draft's template; null when it says no more than that the payload is posted as it is. */
export function templateOfDraft({
  bodyKind,
  method,
  path,
  headers,
  fields,
  body,
}: RequestDraft): RequestTemplate | null {
  const named = headers.filter(({ name, value }) => name.trim() !== "" || value !== "");
  if (bodyKind === "payload" && method === "POST" && path === "" && named.length === 0) return null;
  return {
    method,
    path: path === "" ? null : path,
    headers: Object.fromEntries(named.map(({ name, value }) => [name.trim(), value])),
    body: bodyKind === "template" ? body : null,
    fields: bodyKind === "fields" ? fields : null,
  };
}

/** As the editor counts: a line ends with one character. */
function withPlainLines(text: string): string {
  return text.replaceAll(/\r\n?/g, "\n");
}

/** What of a draft differs from what is saved, as the API takes it: `{}` is no template any more. */
export type RequestChanges = Pick<UpdateWebhookConfigInput, "requestTemplate" | "filter" | "successCondition">;

export function changesOf(draft: RequestDraft, saved: SavedRequest): RequestChanges {
  const before = draftOf(saved);
  const template = templateOfDraft(draft);
  return {
    ...(!isSame(template, templateOfDraft(before)) && { requestTemplate: inputOf(template) }),
    ...(draft.filter.trim() !== before.filter.trim() && { filter: draft.filter }),
    ...(draft.successCondition.trim() !== before.successCondition.trim() && {
      successCondition: draft.successCondition,
    }),
  };
}

/** What a draft becomes when something else is saved: what nobody has changed in it follows, the rest stays as it is. */
export function followSaved(
  draft: RequestDraft,
  base: SavedRequest,
  saved: SavedRequest,
): { readonly draft: RequestDraft; readonly base: SavedRequest } {
  const own = changesOf(draft, base);
  const open = changesOf(draft, saved);
  const stays = (part: keyof RequestChanges) => part in own || !(part in open);
  const isOpen = (part: keyof RequestChanges) => part in own && part in open;
  const theirs = draftOf(saved);
  return {
    draft: {
      ...(stays("requestTemplate") ? draft : theirs),
      filter: stays("filter") ? draft.filter : theirs.filter,
      successCondition: stays("successCondition") ? draft.successCondition : theirs.successCondition,
    },
    base: {
      requestTemplate: (isOpen("requestTemplate") ? base : saved).requestTemplate,
      filter: (isOpen("filter") ? base : saved).filter,
      successCondition: (isOpen("successCondition") ? base : saved).successCondition,
    },
  };
}

/** Whether the draft would replace something that is not what it began with. */
export function isOvertaken(draft: RequestDraft, base: SavedRequest, saved: SavedRequest): boolean {
  const theirs = changesOf(draftOf(saved), base);
  return Object.keys(changesOf(draft, base)).some((part) => part in theirs);
}

function inputOf(template: RequestTemplate | null): RequestTemplateInput {
  return template === null ? {} : { ...template, fields: template.fields && [...template.fields] };
}

function isSame(left: RequestTemplate | null, right: RequestTemplate | null): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
