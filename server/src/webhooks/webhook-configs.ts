import type { Prisma, WebhookConfig } from "@vera-qr/prisma/client";
import { type Actor, requireOrganization, requireScope, SYSTEM } from "../access/actor.ts";
import { changesOf } from "../access/audit-log.ts";
import type { Organizations } from "../access/organizations.ts";
import type { Clock } from "../clock.ts";
import type { AddressGuard } from "../dispatcher/address-guard.ts";
import type { ServiceReason } from "../domain/describe-off.ts";
import { InvalidInputError, NotFoundError } from "../domain/errors.ts";
import { OPERATIONAL_EVENT_TYPES } from "../domain/event-catalogue.ts";
import { parseInput } from "../domain/parse-input.ts";
import { uuidV7 } from "../domain/uuid-v7.ts";
import { checkUrl } from "./check-url.ts";
import { type CommitWebhookChange, lockWebhook, updateWebhook } from "./commit-webhook-change.ts";
import type { FindWebhookConfig } from "./find-webhook-config.ts";
import { forgetTokens } from "./forget-tokens.ts";
import {
  auditedLogin,
  checkLogin,
  createSealLogin,
  type LoginColumns,
  NO_LOGIN,
  toDatabase,
} from "./login-settings.ts";
import { isSameRequest, STANDARD_REQUEST } from "./request-template.ts";
import { addRequestTemplateRevision, readRequestTemplate } from "./request-template-revisions.ts";
import { requireFittingRequest } from "./require-fitting-request.ts";
import type { SecretBox, SecretOwner } from "./secret-box.ts";
import { createWebhookConfigInput, ONLY_PUBLISHABLE, updateWebhookConfigInput } from "./webhook-input.ts";
import { generateSecret, type WebhookWithSecret } from "./webhook-secrets.ts";

export interface WebhookConfigsDeps {
  readonly organizations: Organizations;
  readonly findWebhookConfig: FindWebhookConfig;
  readonly secretBox: SecretBox;
  readonly guard: Pick<AddressGuard, "checkDestination">;
  readonly commitChange: CommitWebhookChange;
  readonly clock: Clock;
}

/** Creates, changes and deletes webhooks. Each change is in effect in this process when it is answered, and in every other within a second. */
export type WebhookConfigs = ReturnType<typeof createWebhookConfigs>;

export function createWebhookConfigs(deps: WebhookConfigsDeps) {
  const { findWebhookConfig, secretBox, commitChange, clock } = deps;
  const sealLogin = createSealLogin(deps);

  async function checkEvents(events: readonly string[], organizationId: string): Promise<void> {
    if (!events.some((name) => OPERATIONAL_EVENT_TYPES.includes(name))) return;
    if (await deps.organizations.isOperators(organizationId)) return;
    throw new InvalidInputError([
      { field: "events", message: ONLY_PUBLISHABLE.error, ...ONLY_PUBLISHABLE.params.refusedAs },
    ]);
  }

  function sealHeaders(headers: Readonly<Record<string, string>>, owner: SecretOwner): Record<string, string> {
    return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, secretBox.seal(value, owner)]));
  }

  return {
    /** `templateId`: the library's template that the input was made from. */
    async create(actor: Actor, input: unknown, templateId: string | null = null): Promise<WebhookWithSecret> {
      requireScope(actor, "manage");
      // Whoever may not do it is told that, and not what else would be wrong.
      const owned = createWebhookConfigInput.pick({ organizationId: true }).safeParse(input);
      if (owned.success) requireOrganization(actor, "manage", owned.data.organizationId);
      const value = parseInput(createWebhookConfigInput, input);
      await deps.organizations.require(value.organizationId);
      await checkEvents(value.events, value.organizationId);
      const template = value.requestTemplate ?? STANDARD_REQUEST;
      const url = await checkUrl(deps.guard, value.url, "url");
      const login = await checkLogin(deps.guard, value);
      const now = clock.now();
      const id = uuidV7(now);
      const owner = { organizationId: value.organizationId, webhookConfigId: id };
      const { columns } = sealLogin(login, NO_LOGIN, owner);
      requireFittingRequest(
        { url, customHeaderNames: Object.keys(value.customHeaders ?? {}), template, ...columns },
        { url: true, requestTemplate: true, authentication: true },
      );
      const secretKey = generateSecret();
      const data = {
        id,
        organizationId: value.organizationId,
        templateId,
        name: value.name,
        url,
        secretKey: secretBox.seal(secretKey, owner),
        events: value.events,
        customHeaders: sealHeaders(value.customHeaders ?? {}, owner),
        isActive: value.isActive ?? true,
        disabledReason: null,
        disabledAt: value.isActive === false ? new Date(now) : null,
        createdAt: new Date(now),
        retryEnabled: value.retryEnabled ?? true,
        maxRetries: value.maxRetries ?? 3,
        timeoutSeconds: value.timeoutSeconds ?? 30,
        filter: value.filter || null,
        successCondition: value.successCondition || null,
        ...toDatabase(columns),
      };
      const webhookConfig = await commitChange({
        actor,
        action: "webhook_config.created",
        details: auditedSettings,
        async apply(transaction) {
          const created = await transaction.webhookConfig.create({ data });
          const templateRevision = await addRequestTemplateRevision(transaction, created, template, { actor, now });
          if (templateRevision === null) return created;
          return transaction.webhookConfig.update({ where: { id }, data: { templateRevision } });
        },
      });
      return { webhookConfig, secretKey };
    },

    async update(actor: Actor, { id, ...input }: { id: string } & Record<string, unknown>): Promise<WebhookConfig> {
      const known = await findWebhookConfig(actor, id);
      const value = parseInput(updateWebhookConfigInput, input);
      const now = clock.now();
      if (value.events != null) await checkEvents(value.events, known.organizationId);
      const url = typeof value.url === "string" ? await checkUrl(deps.guard, value.url, "url") : null;
      const owner = { organizationId: known.organizationId, webhookConfigId: known.id };
      const login = await checkLogin(deps.guard, value);
      const data = {
        ...(value.name != null && { name: value.name }),
        ...(url !== null && { url }),
        ...(value.events != null && { events: value.events }),
        ...(value.customHeaders != null && { customHeaders: sealHeaders(value.customHeaders, owner) }),
        ...(value.timeoutSeconds != null && { timeoutSeconds: value.timeoutSeconds }),
        ...(value.maxRetries != null && { maxRetries: value.maxRetries }),
        ...(value.retryEnabled != null && { retryEnabled: value.retryEnabled }),
        ...(value.filter != null && { filter: value.filter || null }),
        ...(value.successCondition != null && { successCondition: value.successCondition || null }),
        ...switched(known, value, now),
      };
      let before = known;
      let newSecrets: readonly string[] = [];
      const updated = await commitChange({
        actor,
        action: "webhook_config.updated",
        details: (after) => ({
          changes: {
            ...changesOf(auditedSettings(before), auditedSettings(after)),
            ...(newSecrets.length > 0 && { newSecrets: { from: [], to: newSecrets } }),
          },
        }),
        async apply(transaction) {
          const locked = await lockWebhook(transaction, id);
          if (locked === undefined) return undefined;
          before = locked;
          const templateBefore = await readRequestTemplate(transaction, before);
          const template = value.requestTemplate ?? templateBefore;
          const sealed = sealLogin(login, before, owner);
          newSecrets = sealed.newSecrets;
          if (value.authentication != null) {
            const change = { before: before.authentication, after: sealed.columns.authentication };
            await forgetTokens(transaction, id, change);
          }
          const { url: nextUrl, customHeaders } = { ...before, ...data };
          requireFittingRequest(
            {
              url: nextUrl,
              customHeaderNames: Object.keys(customHeaders as object),
              template,
              authentication: sealed.columns.authentication,
            },
            {
              url: url !== null,
              requestTemplate: value.requestTemplate != null,
              authentication: value.authentication != null,
            },
          );
          const templateRevision = isSameRequest(template, templateBefore)
            ? before.templateRevision
            : await addRequestTemplateRevision(transaction, before, template, { actor, now });
          // A new address, or another try: what failed before says nothing about it.
          if (value.isActive || url !== null)
            await transaction.webhookHealth.deleteMany({ where: { webhookConfigId: id } });
          return updateWebhook(
            transaction,
            { id, deletedAt: null },
            { ...data, ...toDatabase(sealed.columns), templateRevision },
          );
        },
      });
      if (updated === undefined) throw new NotFoundError("id", "webhook");
      return updated;
    },

    /** The row stays for the history of its deliveries, without secrets. */
    async delete(actor: Actor, { id }: { id: string }): Promise<string> {
      const known = await findWebhookConfig(actor, id);
      const data = {
        deletedAt: new Date(clock.now()),
        isActive: false,
        secretKey: "",
        previousSecretKey: null,
        previousSecretExpiresAt: null,
        customHeaders: {},
        ...toDatabase(NO_LOGIN),
      };
      const deleted = await commitChange({
        actor,
        action: "webhook_config.deleted",
        details: auditedSettings(known),
        async apply(transaction) {
          await forgetTokens(transaction, id, { before: known.authentication, after: null });
          return updateWebhook(transaction, { id, deletedAt: null }, data);
        },
      });
      if (deleted === undefined) throw new NotFoundError("id", "webhook");
      return id;
    },

    /** The built-in receiver that a webhook points at, and with it the token endpoint that it imitates (null: none), is at another port now. */
    async followReceiver(id: string, { url, tokenUrl }: { url: string; tokenUrl: string | null }): Promise<void> {
      let urlBefore = url;
      await commitChange({
        actor: SYSTEM,
        action: "webhook_config.updated",
        details: () => ({ changes: changesOf({ url: urlBefore }, { url }) }),
        async apply(transaction) {
          const known = await lockWebhook(transaction, id);
          if (known === undefined) return undefined;
          urlBefore = known.url;
          const login = tokenUrl === null ? {} : { authentication: { ...(known.authentication as object), tokenUrl } };
          return updateWebhook(transaction, { id, deletedAt: null }, { url, ...login });
        },
      });
    },

    /** Switches a webhook off because its receiver asked for it; answers undefined if it was off already. */
    async disableGone(id: string): Promise<WebhookConfig | undefined> {
      const reason: ServiceReason = "gone";
      return commitChange({
        actor: SYSTEM,
        action: "webhook_config.disabled",
        details: { reason },
        apply: (transaction) =>
          updateWebhook(
            transaction,
            { id, isActive: true },
            { isActive: false, disabledReason: reason, disabledAt: new Date(clock.now()) },
          ),
      });
    },
  };
}

type AuditedSettings = Pick<
  WebhookConfig,
  | "name"
  | "url"
  | "isActive"
  | "disabledReason"
  | "retryEnabled"
  | "maxRetries"
  | "timeoutSeconds"
  | "filter"
  | "successCondition"
  | "templateRevision"
> &
  LoginColumns & { readonly events: unknown; readonly customHeaders: unknown };

/** What the audit log shows of a webhook: no secret, of custom headers their names only, and of its request template the revision. */
function auditedSettings(webhook: AuditedSettings): Prisma.InputJsonObject {
  const { name, url, events, isActive, disabledReason, retryEnabled, maxRetries, timeoutSeconds } = webhook;
  const { filter, successCondition, templateRevision } = webhook;
  const customHeaderNames = Object.keys(webhook.customHeaders as object);
  return {
    name,
    url,
    events: events as string[],
    isActive,
    disabledReason,
    retryEnabled,
    maxRetries,
    timeoutSeconds,
    customHeaderNames,
    filter,
    successCondition,
    templateRevision,
    ...auditedLogin(webhook),
  };
}

/** Switching off what is off already changes nothing but, if one is given, the reason. */
function switched(
  known: WebhookConfig,
  { isActive, disabledReason }: { isActive?: boolean | null | undefined; disabledReason?: string | null | undefined },
  now: number,
) {
  if (disabledReason != null && isActive !== false) {
    throw new InvalidInputError([
      { field: "disabledReason", message: "can only be given when switching off", reason: "NOT_APPLICABLE" },
    ]);
  }
  if (isActive == null) return {};
  if (isActive) return { isActive, disabledReason: null, disabledAt: null };
  if (known.isActive) return { isActive, disabledReason: disabledReason ?? null, disabledAt: new Date(now) };
  return disabledReason == null ? {} : { disabledReason };
}
