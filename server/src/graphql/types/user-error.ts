import type { FieldMap } from "@pothos/core";
import { asDomainError } from "../../as-domain-error.ts";
import { type DomainError, ERROR_CODES, type ErrorCode } from "../../domain/errors.ts";
import { builder } from "../builder.ts";

export interface UserError {
  readonly code: ErrorCode;
  readonly field: string | null;
  readonly message: string;
}

const ErrorCodeEnum = builder.enumType("ErrorCode", {
  description: "Why a mutation was refused. New codes may be added.",
  values: ERROR_CODES,
});

export const UserErrorRef = builder.objectRef<UserError>("UserError").implement({
  description: "An expected refusal. Nothing was changed because of the field at fault.",
  fields: (t) => ({
    code: t.expose("code", { type: ErrorCodeEnum }),
    field: t.exposeString("field", {
      nullable: true,
      description: "Path in the input, for example `order.items.0.price`; null when no field is at fault.",
    }),
    message: t.exposeString("message", { description: "The reason, in English." }),
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
  return error.problems.map(({ field, message }) => ({ code: error.code, field, message }));
}
