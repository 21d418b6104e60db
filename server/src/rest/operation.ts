import type { z } from "zod";
import type { Actor, ApiKeyScope } from "../access/actor.ts";
import type { ApiServices } from "../graphql/context.ts";

/** A call of the façade: its query is checked, its body is JSON that the use-case behind it checks. */
export interface RestCall<Query = unknown> {
  readonly services: ApiServices;
  readonly actor: Actor;
  /** The `{id}` of the path; empty if the path has none. */
  readonly id: string;
  readonly query: Query;
  readonly body: unknown;
}

interface DescribedCall<Answer> {
  readonly method: "get" | "post" | "patch" | "delete";
  /** As OpenAPI writes it, `{id}` included. */
  readonly path: string;
  /** OpenAPI's `operationId`, which names the schemas of body and answer too. */
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly answer: {
    readonly status: 200 | 201 | 202;
    readonly description: string;
    readonly schema: z.ZodType<Answer>;
    readonly example: Answer;
  };
}

/** One call of the façade, from which its route and its documentation are made. */
export interface Operation<Query = unknown, Answer = unknown> extends DescribedCall<Answer> {
  /** What the key needs; the use-case checks it. */
  readonly scope: ApiKeyScope;
  readonly query?: z.ZodObject & z.ZodType<Query>;
  readonly body?: { readonly schema: z.ZodType; readonly example: object };
  /** Refusals that do not follow from path, query and body. */
  readonly refusals?: readonly (404 | 409)[];
  /** The façade's names of fields that a use-case calls otherwise, beyond the change to snake_case. */
  readonly fieldNames?: Readonly<Record<string, string>>;
  /** Where a created thing is found. */
  readonly location?: (answer: Answer) => string;
  handle(call: RestCall<Query>): Promise<Answer>;
}

/** A call that a cron makes with its own secret, in nobody's name. */
export interface CronOperation<Answer = unknown> extends DescribedCall<Answer> {
  readonly scope: null;
  handle(services: ApiServices): Promise<Answer>;
}

/** Checks the parts of an operation against each other, then forgets their types: the router treats all alike. */
export function operation<Query, Answer>(described: Operation<Query, Answer>): Operation {
  return described as Operation;
}
