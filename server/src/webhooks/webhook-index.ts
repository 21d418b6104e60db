import { createSecretKey, type KeyObject } from "node:crypto";
import {
  type CompiledRequestTemplate,
  compileFilter,
  compileRequestTemplate,
  compileSuccessCondition,
  type Filter,
  type RequestTemplate,
  type SuccessCondition,
} from "@vera-qr/templates";
import type { Pool } from "pg";
import type { ReceiverLogin } from "../domain/receiver-login.ts";
import type { Logger } from "../logger.ts";
import { lazily } from "./lazily.ts";
import { openLogin } from "./open-login.ts";
import type { SealedAuthentication } from "./sealed-authentication.ts";
import type { SealedCertificate } from "./sealed-certificate.ts";
import type { SecretBox } from "./secret-box.ts";

/** A webhook as the hot path needs it, with its secrets already opened. */
export interface IndexedWebhook {
  readonly id: string;
  readonly organizationId: string;
  readonly url: URL;
  readonly events: ReadonlySet<string>;
  readonly isActive: boolean;
  /** Why it is off; null while it is on, or when nobody said why. */
  readonly disabledReason: string | null;
  readonly retryEnabled: boolean;
  readonly maxRetries: number;
  readonly timeoutMs: number;
  readonly key: KeyObject;
  /** The key before the last rotation and until when (epoch milliseconds) it signs too. */
  readonly previous: { readonly key: KeyObject; readonly expiresAt: number } | null;
  /** With the one that the authentication adds, if it is the same for every request. */
  readonly customHeaders: readonly (readonly [string, string])[];
  /** Null if requests do not log in. */
  readonly login: ReceiverLogin | null;
  /** Decides which events of its types it gets; null: all. */
  readonly filter: Compiled<Filter> | null;
  /** What it sends in place of the payload; null: the payload as it is. */
  readonly requestTemplate: IndexedRequestTemplate | null;
  /** Decides which answers are a success; null: any 2xx. */
  readonly successCondition: Compiled<SuccessCondition> | null;
}

/** A text that a person wrote, compiled at its first use. @throws TemplateError when it does not compile: whoever uses it treats that like a failed evaluation. */
export type Compiled<T> = () => T;

export interface IndexedRequestTemplate {
  readonly revision: number;
  readonly compiled: Compiled<CompiledRequestTemplate>;
}

export interface MatchingWebhooks {
  readonly active: readonly IndexedWebhook[];
  /** Those that are switched off. */
  readonly off: readonly IndexedWebhook[];
  /** Whether one of them has a filter or a request template. */
  readonly areCustomised: boolean;
}

/** All webhooks that are not deleted, in memory, following the database by version. */
export interface WebhookIndex {
  get(id: string): IndexedWebhook | undefined;
  /** All of the organization, in no order that means anything. */
  ofOrganization(organizationId: string): readonly IndexedWebhook[];
  /** Webhooks of the organization that subscribe to the event type. */
  matching(organizationId: string, eventType: string): MatchingWebhooks;
  /** The operators' own organization; null while it has no webhook. */
  operatorOrganizationId(): string | null;
  /** Reads what changed since the last read. A change made by this process calls it, so that it takes effect before the answer. */
  refresh(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Every process sees a change within this time plus one query, well below the promised second. */
const POLL_MS = 250;

const READ_CHANGES = `
  SELECT w.id, w.organization_id, w.url, w.secret_key, w.previous_secret_key, w.previous_secret_expires_at, w.events, w.is_active, w.disabled_reason,
         w.retry_enabled, w.max_retries, w.timeout_seconds, w.custom_headers, w.authentication, w.client_certificate, w.filter, w.success_condition, w.template_revision,
         t.method, t.path, t.headers, t.body, t.fields, w.deleted_at, w.version::text, o.is_operator
  FROM webhook_configs w
  JOIN organizations o ON o.id = w.organization_id
  LEFT JOIN request_template_revisions t ON t.webhook_config_id = w.id AND t.revision = w.template_revision
  WHERE w.version > $1 ORDER BY w.version`;

interface WebhookRow extends TemplateColumns {
  id: string;
  organization_id: string;
  url: string;
  secret_key: string;
  previous_secret_key: string | null;
  previous_secret_expires_at: Date | null;
  events: string[];
  is_active: boolean;
  disabled_reason: string | null;
  retry_enabled: boolean;
  max_retries: number;
  timeout_seconds: number;
  custom_headers: Record<string, string>;
  filter: string | null;
  success_condition: string | null;
  authentication: SealedAuthentication | null;
  client_certificate: SealedCertificate | null;
  deleted_at: Date | null;
  version: string;
  is_operator: boolean;
}

/** All null while the payload is sent as it is. */
interface TemplateColumns {
  template_revision: number | null;
  method: RequestTemplate["method"] | null;
  path: string | null;
  headers: Record<string, string> | null;
  body: string | null;
  fields: string[] | null;
}

interface OrganizationWebhooks {
  readonly webhooks: Map<string, IndexedWebhook>;
  /** Answers of `matching` by event type, forgotten at every change. */
  readonly matches: Map<string, MatchingWebhooks>;
}

const NONE: MatchingWebhooks = { active: [], off: [], areCustomised: false };

export interface WebhookIndexDeps {
  readonly pool: Pool;
  readonly secretBox: SecretBox;
  readonly logger: Logger;
  /** Called for each change that takes effect here. */
  readonly onChanged: (webhookConfigId: string) => void;
}

export function createWebhookIndex(deps: WebhookIndexDeps): WebhookIndex {
  const byId = new Map<string, IndexedWebhook>();
  const byOrganization = new Map<string, OrganizationWebhooks>();
  let operatorOrganizationId: string | null = null;
  let version = "0";
  let reading: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let isStarted = false;
  let isStopped = false;

  function apply(row: WebhookRow): void {
    byId.delete(row.id);
    const owner = byOrganization.get(row.organization_id) ?? { webhooks: new Map(), matches: new Map() };
    byOrganization.set(row.organization_id, owner);
    owner.webhooks.delete(row.id);
    owner.matches.clear();
    const webhook = row.deleted_at === null ? open(row) : null;
    if (webhook !== null) {
      byId.set(row.id, webhook);
      owner.webhooks.set(row.id, webhook);
    }
    if (row.is_operator) operatorOrganizationId = row.organization_id;
    version = row.version;
    deps.onChanged(row.id);
  }

  /** One row that cannot be read must not keep the changes behind it from taking effect; at the start it means that the key is wrong. */
  function open(row: WebhookRow): IndexedWebhook | null {
    try {
      return openRow(row, deps.secretBox);
    } catch (error) {
      if (!isStarted) throw error;
      deps.logger.error({ err: error, webhookConfigId: row.id }, "webhook_index.row_unreadable");
      return null;
    }
  }

  async function read(): Promise<void> {
    const { rows } = await deps.pool.query<WebhookRow>({
      name: "webhook_changes",
      text: READ_CHANGES,
      values: [version],
    });
    for (const row of rows) apply(row);
  }

  /** Reads follow one another, and a caller's read starts after its call: it sees what the caller has committed. */
  function refresh(): Promise<void> {
    const next = reading.then(read);
    reading = next.catch(() => {});
    return next;
  }

  function schedule(): void {
    timer = setTimeout(async () => {
      await refresh().catch((error: unknown) => deps.logger.warn({ err: error }, "webhook_index.refresh_failed"));
      if (!isStopped) schedule();
    }, POLL_MS);
  }

  return {
    get: (id) => byId.get(id),
    operatorOrganizationId: () => operatorOrganizationId,
    ofOrganization: (organizationId) => [...(byOrganization.get(organizationId)?.webhooks.values() ?? [])],
    matching(organizationId, eventType) {
      const owner = byOrganization.get(organizationId);
      if (owner === undefined) return NONE;
      const known = owner.matches.get(eventType);
      if (known !== undefined) return known;
      const subscribed = [...owner.webhooks.values()].filter((webhook) => webhook.events.has(eventType));
      const found = {
        active: subscribed.filter((webhook) => webhook.isActive),
        off: subscribed.filter((webhook) => !webhook.isActive),
        areCustomised: subscribed.some(({ filter, requestTemplate }) => filter !== null || requestTemplate !== null),
      };
      owner.matches.set(eventType, found);
      return found;
    },
    refresh,
    async start() {
      await refresh();
      isStarted = true;
      schedule();
    },
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await reading;
    },
  };
}

function openRow(row: WebhookRow, secretBox: SecretBox): IndexedWebhook {
  const owner = { organizationId: row.organization_id, webhookConfigId: row.id };
  const { headers, login } = openLogin(row.authentication, row.client_certificate, owner, secretBox);
  return {
    id: row.id,
    organizationId: row.organization_id,
    url: new URL(row.url),
    events: new Set(row.events),
    isActive: row.is_active,
    disabledReason: row.disabled_reason,
    retryEnabled: row.retry_enabled,
    maxRetries: row.max_retries,
    timeoutMs: row.timeout_seconds * 1000,
    key: signingKey(secretBox.open(row.secret_key, owner)),
    previous:
      row.previous_secret_key === null || row.previous_secret_expires_at === null
        ? null
        : {
            key: signingKey(secretBox.open(row.previous_secret_key, owner)),
            expiresAt: row.previous_secret_expires_at.getTime(),
          },
    customHeaders: [
      ...Object.entries(row.custom_headers).map(([name, sealed]) => [name, secretBox.open(sealed, owner)] as const),
      ...headers,
    ],
    login,
    filter: compiledOf(row.filter, compileFilter),
    requestTemplate: requestTemplateOf(row),
    successCondition: compiledOf(row.success_condition, compileSuccessCondition),
  };
}

function compiledOf<T>(source: string | null, compile: (source: string) => T): Compiled<T> | null {
  return source === null ? null : lazily(() => compile(source));
}

function requestTemplateOf(row: TemplateColumns): IndexedRequestTemplate | null {
  const { template_revision: revision, method, path, headers, body, fields } = row;
  if (revision === null || method === null) return null;
  return {
    revision,
    compiled: lazily(() => compileRequestTemplate({ method, path, headers: headers ?? {}, body, fields })),
  };
}

function signingKey(secret: string): KeyObject {
  return createSecretKey(Buffer.from(secret, "utf8"));
}
