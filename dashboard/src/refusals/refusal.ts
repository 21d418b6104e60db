import type { CombinedError } from "urql";
import { graphql } from "../graphql/generated/gql.ts";
import type { ErrorReason } from "../graphql/generated/graphql.ts";

graphql(`
  fragment Refusal on UserError {
    code
    field
    reason
    min
    max
    allowed
    line
    column
  }
`);

/** One thing that an operation was refused for. */
export interface Refusal {
  /** One of the schema's `ErrorCode`, of GraphQL's own codes, or `unreachable`; empty when the server gave none. */
  readonly code: string;
  /** Path in the input; null when no field is at fault. */
  readonly field?: string | null;
  /** Null when the code says it all. */
  readonly reason?: ErrorReason | null;
  readonly min?: number | null;
  readonly max?: number | null;
  readonly allowed?: readonly string[] | null;
  /** Where in a text it is wrong, both from 1; null where that has no meaning. */
  readonly line?: number | null;
  readonly column?: number | null;
  /** Under which the server's log has a failure of ours. */
  readonly requestId?: string;
}

interface Extensions {
  readonly code?: string;
  readonly problems?: readonly Omit<Refusal, "code">[];
  readonly requestId?: string;
}

/** The code of a refusal that is none of the server's: there was no answer. */
export const unreachable = "UNREACHABLE";

/** Why an operation was not carried out: by its payload's `errors`, and by what kept it from being asked. Empty when it was. */
export function refusalsOf(
  errors: readonly Refusal[] | undefined,
  failure: Pick<CombinedError, "graphQLErrors" | "networkError"> | undefined,
): readonly Refusal[] {
  if (failure === undefined) return errors ?? [];
  if (failure.graphQLErrors.length === 0) return [{ code: unreachable }];
  return failure.graphQLErrors.flatMap(({ extensions }) => {
    const { code = "", problems, requestId } = extensions as Extensions;
    return problems?.map((problem) => ({ ...problem, code })) ?? [{ code, ...(requestId && { requestId }) }];
  });
}
