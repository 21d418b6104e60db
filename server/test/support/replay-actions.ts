import { eventually, type TestOrganization, type TestWebhook } from "./fixtures.ts";
import type { TestService } from "./test-service.ts";

type Api = Pick<TestService, "graphql">;

export interface ReplayState {
  readonly id: string;
  readonly kind: string;
  readonly status: string;
  readonly failureReason: string | null;
  readonly requestedBy: string;
  readonly finishedAt: string | null;
  readonly count: ReplayCounts;
  readonly progress: {
    readonly waiting: number;
    readonly underWay: number;
    readonly succeeded: number;
    readonly failed: number;
    readonly retrying: number;
    readonly leftOut: number;
  };
}

export interface ReplayCounts {
  readonly total: number;
  readonly byWebhook: readonly { readonly webhookConfig: { readonly id: string }; readonly count: number }[];
  readonly excluded: readonly { readonly reason: string; readonly count: number }[];
}

export type UserErrors = readonly { readonly code: string; readonly field: string | null; readonly message: string }[];

export interface StartedReplay {
  readonly count: ReplayCounts | null;
  readonly replay: ReplayState | null;
  readonly errors: UserErrors;
}

const COUNT = "count { total byWebhook { webhookConfig { id } count } excluded { reason count } }";
export const REPLAY_FIELDS = `id kind status failureReason requestedBy finishedAt ${COUNT}
  progress { waiting underWay succeeded failed retrying leftOut }`;

export async function replayDeliveries(
  { graphql }: Api,
  organization: TestOrganization,
  filter: Record<string, unknown>,
  { dryRun, key }: { readonly dryRun?: boolean; readonly key?: string } = {},
): Promise<StartedReplay> {
  const { replayDeliveries: payload } = await graphql<{ replayDeliveries: StartedReplay }>(
    `mutation ($input: ReplayDeliveriesInput!) { replayDeliveries(input: $input) { ${COUNT} replay { ${REPLAY_FIELDS} } errors { code field message } } }`,
    { input: { organizationId: organization.id, filter, ...(dryRun !== undefined && { dryRun }) } },
    key,
  );
  return payload;
}

export async function replayMissed(
  { graphql }: Api,
  webhook: TestWebhook,
  since: Date,
  { dryRun, key }: { readonly dryRun?: boolean; readonly key?: string } = {},
): Promise<StartedReplay> {
  const { replayMissedDeliveries: payload } = await graphql<{ replayMissedDeliveries: StartedReplay }>(
    `mutation ($input: ReplayMissedDeliveriesInput!) { replayMissedDeliveries(input: $input) { ${COUNT} replay { ${REPLAY_FIELDS} } errors { code field message } } }`,
    { input: { webhookConfigId: webhook.id, since: since.toISOString(), ...(dryRun !== undefined && { dryRun }) } },
    key,
  );
  return payload;
}

/** The id of a replay that was started. @throws with the refusal. */
export async function startReplay(
  api: Api,
  organization: TestOrganization,
  filter: Record<string, unknown>,
): Promise<string> {
  const { replay, errors } = await replayDeliveries(api, organization, filter);
  if (replay === null) throw new Error(JSON.stringify(errors));
  return replay.id;
}

export async function cancelReplay({ graphql }: Api, id: string, key?: string): Promise<UserErrors> {
  const { cancelReplay: payload } = await graphql<{ cancelReplay: { errors: UserErrors } }>(
    `mutation ($input: CancelReplayInput!) { cancelReplay(input: $input) { errors { code field message } } }`,
    { input: { id } },
    key,
  );
  return payload.errors;
}

export async function readReplay({ graphql }: Api, id: string, key?: string): Promise<ReplayState | null> {
  const { replay } = await graphql<{ replay: ReplayState | null }>(
    `query ($id: ID!) { replay(id: $id) { ${REPLAY_FIELDS} } }`,
    { id },
    key,
  );
  return replay;
}

/** The replay once nothing of it is to come. */
export async function finishedReplay(api: Api, id: string): Promise<ReplayState> {
  const replay = await eventually(
    () => readReplay(api, id),
    (state) => state !== null && state.finishedAt !== null,
    30_000,
  );
  return replay as ReplayState;
}
