import type { Pool } from "pg";
import type { OauthLogin } from "../domain/receiver-login.ts";

/** What the processes know together of a webhook's tokens; every token is encrypted. */
export interface StoredToken {
  /** The login that the access token is for; null while there is none. */
  readonly loginId: string | null;
  readonly accessToken: string | null;
  /** Epoch milliseconds. */
  readonly expiresAt: number | null;
  readonly obtainedAt: number | null;
  /** The successor of the configured refresh token; null while that one is valid. */
  readonly refreshToken: string | null;
}

type TokenOwner = Pick<OauthLogin, "organizationId" | "webhookConfigId">;

export interface NewToken {
  readonly accessToken: string;
  readonly expiresAt: number | null;
  readonly obtainedAt: number;
  /** Null keeps the one so far. */
  readonly refreshToken: string | null;
}

/** The tokens of webhooks in the database, and whose turn it is to ask for the next one. */
export interface TokenStore {
  read(webhookConfigId: string): Promise<StoredToken>;
  /** Takes the turn until then, if nobody has it and the access token is still the one that was seen. A process that dies loses it by time. */
  claim(owner: TokenOwner, seen: string | null, now: number, until: number): Promise<boolean>;
  /** Gives the turn back without a token. */
  release(webhookConfigId: string): Promise<void>;
  /** Keeps what was given and ends the turn; false if the login is not in use any more. */
  save(login: OauthLogin, token: NewToken): Promise<boolean>;
}

const NONE: StoredToken = { loginId: null, accessToken: null, expiresAt: null, obtainedAt: null, refreshToken: null };

const READ =
  "SELECT login_id, access_token, expires_at, obtained_at, refresh_token FROM oauth_tokens WHERE webhook_config_id = $1";

const CLAIM = `
  INSERT INTO oauth_tokens (webhook_config_id, organization_id, renewal_until) VALUES ($1, $2, $5)
  ON CONFLICT (webhook_config_id) DO UPDATE SET renewal_until = EXCLUDED.renewal_until
  WHERE (oauth_tokens.renewal_until IS NULL OR oauth_tokens.renewal_until <= $4) AND oauth_tokens.access_token IS NOT DISTINCT FROM $3`;

const RELEASE = "UPDATE oauth_tokens SET renewal_until = NULL WHERE webhook_config_id = $1";

// Locks the webhook's row until the commit, which is at once: a change of the login either comes before, and nothing is kept, or after, and forgets it.
const SAVE = `
  WITH current AS (
    SELECT id, organization_id FROM webhook_configs
    WHERE id = $1 AND deleted_at IS NULL AND (authentication ->> 'loginId' = $2 OR authentication ->> 'refreshToken' = $3)
    FOR SHARE
  )
  INSERT INTO oauth_tokens (webhook_config_id, organization_id, login_id, access_token, expires_at, obtained_at, refresh_token)
  SELECT id, organization_id, $2::uuid, $4, $5, $6, $7 FROM current
  ON CONFLICT (webhook_config_id) DO UPDATE SET login_id = EXCLUDED.login_id, access_token = EXCLUDED.access_token, expires_at = EXCLUDED.expires_at,
    obtained_at = EXCLUDED.obtained_at, refresh_token = coalesce(EXCLUDED.refresh_token, oauth_tokens.refresh_token), renewal_until = NULL`;

interface TokenRow {
  login_id: string | null;
  access_token: string | null;
  expires_at: Date | null;
  obtained_at: Date | null;
  refresh_token: string | null;
}

export function createTokenStore(pool: Pool): TokenStore {
  return {
    async read(webhookConfigId) {
      const { rows } = await pool.query<TokenRow>({ name: "oauth_read", text: READ, values: [webhookConfigId] });
      const [row] = rows;
      if (row === undefined) return NONE;
      return {
        loginId: row.login_id,
        accessToken: row.access_token,
        expiresAt: row.expires_at?.getTime() ?? null,
        obtainedAt: row.obtained_at?.getTime() ?? null,
        refreshToken: row.refresh_token,
      };
    },
    async claim({ webhookConfigId, organizationId }, seen, now, until) {
      const values = [webhookConfigId, organizationId, seen, new Date(now), new Date(until)];
      return (await pool.query({ name: "oauth_claim", text: CLAIM, values })).rowCount === 1;
    },
    async release(webhookConfigId) {
      await pool.query({ name: "oauth_release", text: RELEASE, values: [webhookConfigId] });
    },
    async save({ webhookConfigId, loginId, sealedRefreshToken }, { accessToken, expiresAt, obtainedAt, refreshToken }) {
      const values = [
        webhookConfigId,
        loginId,
        sealedRefreshToken,
        accessToken,
        expiresAt === null ? null : new Date(expiresAt),
        new Date(obtainedAt),
        refreshToken,
      ];
      return (await pool.query({ name: "oauth_save", text: SAVE, values })).rowCount === 1;
    },
  };
}
