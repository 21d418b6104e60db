import type { FieldMap } from "@pothos/core";
import { asDomainError } from "../../as-domain-error.ts";
import { ERROR_REASONS, type ErrorReason } from "../../domain/error-reasons.ts";
import { type DomainError, ERROR_CODES, type ErrorCode, type Problem } from "../../domain/errors.ts";
import { builder } from "../builder.ts";

export interface UserError extends Problem {
  readonly code: ErrorCode;
}

const CODE_DESCRIPTIONS: Readonly<Record<ErrorCode, string>> = {
  INVALID_INPUT: "A field is missing or wrong.",
  NOT_FOUND: "There is nothing with this id, or it is another organization's.",
  FORBIDDEN: "The key's scopes do not allow it.",
  IDEMPOTENCY_CONFLICT: "The idempotency key was used for an event with other content.",
  DELIVERY_NOT_RETRYABLE: "The delivery is under way, or its webhook is off or deleted.",
  DELIVERY_NOT_CANCELLABLE: "The delivery is finished already.",
  SECRET_OVERLAP_NOT_RUNNING: "The webhook has no previous secret that still signs.",
  QUERY_TOO_BROAD: "Answering would take too long.",
  RATE_LIMITED: "Too many failed attempts; the message says when to try again.",
  REPLAY_NOT_STARTED: "The same replay, or as many as may run at once, is running, or the webhook is off.",
  REPLAY_NOT_CANCELLABLE: "The replay has ended already.",
  UNAVAILABLE:
    "The database cannot be reached or is overloaded: nothing was acknowledged, and the call may be repeated.",
};

const ErrorCodeEnum = builder.enumType("ErrorCode", {
  description: "Why a mutation was refused. New codes may be added.",
  values: Object.fromEntries(ERROR_CODES.map((code) => [code, { value: code, description: CODE_DESCRIPTIONS[code] }])),
});

const ErrorReasonEnum = builder.enumType("ErrorReason", {
  description: "Why something was refused, finer than its code. New reasons may be added.",
  values: Object.fromEntries(
    Object.entries(ERROR_REASONS).map(([reason, description]) => [reason, { value: reason, description }]),
  ) as Record<ErrorReason, { value: ErrorReason; description: string }>,
});

export const UserErrorRef = builder.objectRef<UserError>("UserError").implement({
  description: "An expected refusal. Nothing was changed because of the field at fault.",
  fields: (t) => ({
    code: t.expose("code", { type: ErrorCodeEnum, description: "The kind of refusal, for programs." }),
    field: t.exposeString("field", {
      nullable: true,
      description: "Path in the input, for example `order.items.0.price`; null when no field is at fault.",
    }),
    message: t.exposeString("message", { description: "The reason, in English." }),
    reason: t.expose("reason", {
      type: ErrorReasonEnum,
      nullable: true,
      description: "The reason for programs, to say it in other languages; null when the code says it all.",
    }),
    min: t.float({
      nullable: true,
      description: "The least that is possible; null unless the reason speaks of it.",
      resolve: ({ min }) => min ?? null,
    }),
    max: t.float({
      nullable: true,
      description: "The most that is possible; null unless the reason speaks of it.",
      resolve: ({ max }) => max ?? null,
    }),
    allowed: t.stringList({
      nullable: true,
      description: "What is possible; null unless the reason speaks of it.",
      resolve: ({ allowed }) => allowed ?? null,
    }),
    line: t.int({
      nullable: true,
      description: "In which line of the field's text, from 1; null unless an expression or template is at fault.",
      resolve: ({ line }) => line ?? null,
    }),
    column: t.int({
      nullable: true,
      description: "Where in that line, from 1, in UTF-16 code units; null unless `line` is set.",
      resolve: ({ column }) => column ?? null,
    }),
  }),
});

/** A mutation's answer: what it made, null when it was refused, and the reasons. */
export type Payload<Result extends object> = { readonly [K in keyof Result]: Result[K] | null } & {
  readonly errors: readonly UserError[];
};

/** Declares a mutation's payload type: the given fields (all nullable) and `errors`. */
export function payloadType<Result extends object>(
  name: string,
  fields: (t: PothosSchemaTypes.ObjectFieldBuilder<typeof builder.$inferSchemaTypes, Payload<Result>>) => FieldMap,
) {
  return builder.objectRef<Payload<Result>>(name).implement({
    description: `What became of \`${mutationName(name)}\`. All but \`errors\` is null when it was refused.`,
    fields: (t) => ({
      ...fields(t),
      errors: t.field({
        type: [UserErrorRef],
        description: "Empty when the mutation was carried out.",
        resolve: ({ errors }) => errors,
      }),
    }),
  });
}

function mutationName(payloadName: string): string {
  return payloadName.charAt(0).toLowerCase() + payloadName.slice(1).replace(/Payload$/, "");
}

/** The one place where refusals become mutation payloads. Anything unexpected is thrown on and masked. */
export async function asPayload<Result extends object>(run: () => Promise<Result>): Promise<Payload<Result>> {
  try {
    return { ...(await run()), errors: [] };
  } catch (error) {
    const refusal = asDomainError(error);
    if (refusal === null) throw error;
    // The fields of a refused mutation are absent, which GraphQL answers as null.
    return { errors: toUserErrors(refusal) } as Payload<Result>;
  }
}

export function toUserErrors(error: DomainError): readonly UserError[] {
  return error.problems.map((problem) => ({ code: error.code, ...problem }));
}
