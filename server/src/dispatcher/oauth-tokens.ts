import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "../clock.ts";
import type { OauthLogin, TlsIdentity } from "../domain/receiver-login.ts";
import type { Logger } from "../logger.ts";
import type { SecretBox } from "../webhooks/secret-box.ts";
import type { Failure } from "./describe-failure.ts";
import type { Sender } from "./send.ts";
import { failed, type GivenToken, requestToken } from "./token-request.ts";
import type { StoredToken, TokenStore } from "./token-store.ts";

export interface AccessToken {
  readonly text: string;
  /** As it is stored: by it a token is recognised. */
  readonly sealed: string;
  /** Epoch milliseconds, shortly before its end; null if the server did not say. */
  readonly usableUntil: number | null;
  /** From when on a new one is asked for while this one is still used; null for only when it is refused. */
  readonly renewAt: number | null;
}

export type TokenResult =
  | { readonly ok: true; readonly token: AccessToken }
  | { readonly ok: false; readonly failure: Failure };

/** Access tokens of webhooks, in memory and shared by all processes: whatever waits for one, it is asked for once. */
export interface OauthTokens {
  /** A token that is valid as far as one knows; at once if this process has one. Rejects only for failures of our own. */
  get(login: OauthLogin, identity: TlsIdentity | null): TokenResult | Promise<TokenResult>;
  /** Another token than one that a receiver refused; null when a new one was refused just now as well. */
  renew(login: OauthLogin, identity: TlsIdentity | null, refused: AccessToken): Promise<TokenResult | null>;
  /** A token that was just renewed was refused too: for a while nobody tries that again. */
  renewalWasUseless(login: OauthLogin): void;
  /** A person changed the webhook: what is known of its tokens is read anew, and failures are forgotten. */
  webhookChanged(webhookConfigId: string): void;
  /** Resolves when no token is being asked for. */
  stop(): Promise<void>;
}

export interface OauthTokensDeps {
  readonly store: TokenStore;
  readonly sender: Pick<Sender, "send">;
  readonly secretBox: SecretBox;
  readonly clock: Clock;
  /** Uniform in [0, 1), like `Math.random`. */
  readonly random: () => number;
  readonly userAgent: string;
  readonly logger: Logger;
}

/** A token is renewed when this share of its life is left, at most that long before its end; each process chooses a moment of the last half of that. */
const RENEWAL_SHARE = 0.2;
const RENEWAL_MS_MAX = 300_000;
/** It is not used when it is about to end: a request takes time. */
const END_SHARE = 0.05;
const END_MS_MAX = 10_000;
/** After a failure nobody asks again for this long. */
const FAILURE_PAUSE_MS = 10_000;
const FAILURE_PAUSE_MS_MAX = 300_000;
const USELESS_PAUSE_MS = 60_000;
/** Longer than a request for a token may take. */
const TURN_MS = 30_000;
const TURN_POLL_MS = 100;
const SAVE_RETRY_MS = 500;

/** What this process knows of one login. */
interface Known {
  readonly loginId: string;
  token: AccessToken | null;
  renewal: Promise<TokenResult> | null;
  failure: { readonly failure: Failure; readonly until: number } | null;
  uselessUntil: number;
}

export function createOauthTokens(deps: OauthTokensDeps): OauthTokens {
  const { store, secretBox, clock, logger } = deps;
  const knownByWebhook = new Map<string, Known>();
  const renewals = new Set<Promise<unknown>>();
  let isStopping = false;

  function knownOf({ webhookConfigId, loginId }: OauthLogin): Known {
    const known = knownByWebhook.get(webhookConfigId);
    if (known?.loginId === loginId) return known;
    const fresh: Known = { loginId, token: null, renewal: null, failure: null, uselessUntil: 0 };
    knownByWebhook.set(webhookConfigId, fresh);
    return fresh;
  }

  /** One at a time; who comes meanwhile gets the same result. */
  function obtain(known: Known, login: OauthLogin, identity: TlsIdentity | null, unwanted: string | null) {
    if (known.renewal !== null) return known.renewal;
    const renewal = obtainInTurn(known, login, identity, unwanted).finally(() => {
      known.renewal = null;
      renewals.delete(renewal);
    });
    known.renewal = renewal;
    renewals.add(renewal);
    return renewal;
  }

  async function obtainInTurn(
    known: Known,
    login: OauthLogin,
    identity: TlsIdentity | null,
    unwanted: string | null,
  ): Promise<TokenResult> {
    const { webhookConfigId } = login;
    const giveUpAt = performance.now() + TURN_MS;
    for (;;) {
      const stored = await store.read(webhookConfigId);
      const token = usableToken(stored, login, unwanted);
      if (token !== null) return adopt(known, token);
      const now = clock.now();
      if (await store.claim(login, stored.accessToken, now, now + TURN_MS)) {
        return await request(known, login, identity, stored);
      }
      if (performance.now() > giveUpAt) return { ok: false, failure: failed("timedOut", "OAUTH_TIMEOUT", null) };
      await delay(TURN_POLL_MS);
    }
  }

  /** Another process may have got one already. */
  function usableToken(stored: StoredToken, login: OauthLogin, unwanted: string | null): AccessToken | null {
    const { loginId, accessToken: sealed } = stored;
    if (sealed === null || loginId !== login.loginId || sealed === unwanted) return null;
    const token = { text: secretBox.open(sealed, login), sealed, ...timesOf(stored) };
    return isUsable(token, clock.now()) ? token : null;
  }

  function timesOf({ expiresAt, obtainedAt }: Pick<StoredToken, "expiresAt" | "obtainedAt">) {
    if (expiresAt === null || obtainedAt === null) return { usableUntil: null, renewAt: null };
    const lifeMs = expiresAt - obtainedAt;
    return {
      usableUntil: expiresAt - Math.min(lifeMs * END_SHARE, END_MS_MAX),
      renewAt: expiresAt - Math.min(lifeMs * RENEWAL_SHARE, RENEWAL_MS_MAX) * (1 - deps.random() / 2),
    };
  }

  async function request(
    known: Known,
    login: OauthLogin,
    identity: TlsIdentity | null,
    stored: StoredToken,
  ): Promise<TokenResult> {
    const { webhookConfigId } = login;
    const refreshToken =
      login.refreshToken &&
      (stored.refreshToken === null ? login.refreshToken : secretBox.open(stored.refreshToken, login));
    const answer = await requestToken({ ...deps, login, refreshToken, identity });
    if (answer.ok) return await keep(known, login, answer.token);
    const { failure, retryAfterSeconds } = answer;
    const pauseMs = Math.min(Math.max(FAILURE_PAUSE_MS, (retryAfterSeconds ?? 0) * 1000), FAILURE_PAUSE_MS_MAX);
    known.failure = { failure, until: clock.now() + pauseMs };
    logger.warn({ webhookConfigId, errorCode: failure.errorCode }, "oauth.no_token");
    await store.release(webhookConfigId);
    return { ok: false, failure };
  }

  /** A server may take a refresh token only once: its successor is in the database before anybody relies on it. */
  async function keep(known: Known, login: OauthLogin, given: GivenToken): Promise<TokenResult> {
    const obtainedAt = clock.now();
    const expiresAt = given.expiresInSeconds === null ? null : obtainedAt + given.expiresInSeconds * 1000;
    const sealed = secretBox.seal(given.accessToken, login);
    const refreshToken =
      login.refreshToken === null || given.refreshToken === null ? null : secretBox.seal(given.refreshToken, login);
    for (;;) {
      try {
        await store.save(login, { accessToken: sealed, expiresAt, obtainedAt, refreshToken });
        break;
      } catch (error) {
        if (isStopping) throw error;
        logger.error({ err: error, webhookConfigId: login.webhookConfigId }, "oauth.not_saved");
        await delay(SAVE_RETRY_MS);
      }
    }
    return adopt(known, { text: given.accessToken, sealed, ...timesOf({ expiresAt, obtainedAt }) });
  }

  function adopt(known: Known, token: AccessToken): TokenResult {
    known.token = token;
    known.failure = null;
    return { ok: true, token };
  }

  function recentFailure({ failure }: Known): Failure | null {
    return failure !== null && clock.now() < failure.until ? failure.failure : null;
  }

  return {
    get(login, identity) {
      const known = knownOf(login);
      const { token } = known;
      const now = clock.now();
      const failure = recentFailure(known);
      if (token !== null && isUsable(token, now)) {
        if (token.renewAt !== null && now >= token.renewAt && failure === null) renewAhead(known, login, identity);
        return { ok: true, token };
      }
      return failure === null ? obtain(known, login, identity, token?.sealed ?? null) : { ok: false, failure };
    },
    async renew(login, identity, refused) {
      const known = knownOf(login);
      if (known.token !== null && known.token.sealed !== refused.sealed) return { ok: true, token: known.token };
      if (clock.now() < known.uselessUntil) return null;
      const failure = recentFailure(known);
      return failure === null ? await obtain(known, login, identity, refused.sealed) : { ok: false, failure };
    },
    renewalWasUseless(login) {
      knownOf(login).uselessUntil = clock.now() + USELESS_PAUSE_MS;
    },
    webhookChanged: (webhookConfigId) => void knownByWebhook.delete(webhookConfigId),
    async stop() {
      isStopping = true;
      await Promise.allSettled(renewals);
    },
  };

  /** The present token is used meanwhile. */
  function renewAhead(known: Known, login: OauthLogin, identity: TlsIdentity | null): void {
    if (known.renewal !== null) return;
    obtain(known, login, identity, known.token?.sealed ?? null).catch((error: unknown) =>
      logger.warn({ err: error, webhookConfigId: login.webhookConfigId }, "oauth.renewal_failed"),
    );
  }
}

function isUsable({ usableUntil }: AccessToken, now: number): boolean {
  return usableUntil === null || now < usableUntil;
}
