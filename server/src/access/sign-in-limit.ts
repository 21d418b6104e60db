import { createHash } from "node:crypto";
import type { Pool, PoolClient } from "pg";
import type { Clock } from "../clock.ts";
import { TooManyAttemptsError } from "../domain/errors.ts";
import {
  ACCOUNT_POLICY,
  ADDRESS_POLICY,
  FAILURES_FORGOTTEN_AFTER_MS,
  type SignInPolicy,
  signInDelaySeconds,
} from "../domain/sign-in-delay.ts";

/** Who tries to sign in, and from where. The account need not exist. */
export interface SignInAttempt {
  readonly email: string;
  readonly ipAddress: string;
}

/** Slows down guessing, per account and per address, across all processes. */
export interface SignInLimit {
  /**
   * Counts the attempt as failed before the password is looked at, so that many at a time count too. Answers the seconds that the account is closed
   * for if it does fail; 0 while failures are free.
   * @throws TooManyAttemptsError while the account or the address is closed: such an attempt does not count.
   */
  begin(attempt: SignInAttempt): Promise<number>;
  /** Takes back what `begin` counted, and what the account had failed before. */
  succeed(attempt: SignInAttempt): Promise<void>;
}

interface Failures {
  readonly key: string;
  readonly failure_count: number;
  readonly last_failure_at: Date;
  readonly blocked_until: Date;
}

/** Locks the two rows, always in the same order; a crash releases them. */
const LOCK = `
  INSERT INTO sign_in_failures AS failures (key, failure_count, last_failure_at, blocked_until)
  SELECT key, 0, $2, $2 FROM unnest($1::text[]) WITH ORDINALITY AS keys (key, place) ORDER BY place
  ON CONFLICT (key) DO UPDATE SET key = excluded.key
  RETURNING key, failure_count, last_failure_at, blocked_until`;

const COUNT = `
  UPDATE sign_in_failures AS failures SET failure_count = counted.count, last_failure_at = $4, blocked_until = counted.until
  FROM unnest($1::text[], $2::int[], $3::timestamptz[]) AS counted (key, count, until) WHERE failures.key = counted.key`;

const FORGET_ACCOUNT = "DELETE FROM sign_in_failures WHERE key = $1";
/** One success does not clear an address: its owner could guess at others in between. */
const TAKE_BACK_ADDRESS =
  "UPDATE sign_in_failures SET failure_count = greatest(failure_count - 1, 0), blocked_until = $2 WHERE key = $1";

export function createSignInLimit({ pool, clock }: { pool: Pool; clock: Clock }): SignInLimit {
  return {
    async begin(attempt) {
      const client = await pool.connect();
      try {
        await client.query("BEGIN");
        const delaySeconds = await count(client, attempt, clock.now());
        await client.query("COMMIT");
        return delaySeconds;
      } catch (error) {
        await client.query("ROLLBACK").catch(() => {});
        throw error;
      } finally {
        client.release();
      }
    },
    async succeed(attempt) {
      await pool.query(FORGET_ACCOUNT, [accountKey(attempt)]);
      await pool.query(TAKE_BACK_ADDRESS, [addressKey(attempt), new Date(clock.now())]);
    },
  };
}

async function count(client: PoolClient, attempt: SignInAttempt, now: number): Promise<number> {
  const policies = new Map<string, SignInPolicy>([
    [accountKey(attempt), ACCOUNT_POLICY],
    [addressKey(attempt), ADDRESS_POLICY],
  ]);
  const keys = [...policies.keys()];
  const { rows } = await client.query<Failures>(LOCK, [keys, new Date(now)]);
  const openAt = Math.max(...rows.map((row) => row.blocked_until.getTime()));
  if (openAt > now) throw new TooManyAttemptsError(Math.ceil((openAt - now) / 1000));
  const counted = rows.map(({ key, failure_count, last_failure_at }) => {
    const isForgotten = now - last_failure_at.getTime() > FAILURES_FORGOTTEN_AFTER_MS;
    const failures = (isForgotten ? 0 : failure_count) + 1;
    return { key, failures, delaySeconds: signInDelaySeconds(failures, policies.get(key) as SignInPolicy) };
  });
  await client.query(COUNT, [
    counted.map(({ key }) => key),
    counted.map(({ failures }) => failures),
    counted.map(({ delaySeconds }) => new Date(now + delaySeconds * 1000)),
    new Date(now),
  ]);
  return counted.find(({ key }) => key === accountKey(attempt))?.delaySeconds ?? 0;
}

/** What an account's failures are counted under. Hashed: what people type here may be a password in the wrong field. */
export function accountKey({ email }: Pick<SignInAttempt, "email">): string {
  return `account:${createHash("sha256").update(email).digest("hex")}`;
}

function addressKey({ ipAddress }: SignInAttempt): string {
  return `ip:${ipAddress.slice(0, 64)}`;
}
