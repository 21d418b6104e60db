import dns from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { createAddressPolicy, isLoopbackAddress } from "./address-policy.ts";
import { isBlockedPort } from "./blocked-ports.ts";
import { classifyHostName, withoutTrailingDot } from "./host-names.ts";

export type BlockedCode = "BLOCKED_URL" | "BLOCKED_SCHEME" | "BLOCKED_CREDENTIALS" | "BLOCKED_PORT" | "BLOCKED_ADDRESS";

export type UrlVerdict =
  | { readonly ok: true; readonly url: URL }
  | { readonly ok: false; readonly code: BlockedCode; readonly reason: string };

/** Thrown into a connection attempt whose address is refused. */
export class BlockedAddressError extends Error {
  readonly code = "BLOCKED_ADDRESS";
  constructor() {
    super(ADDRESS_REASON);
  }
}

/** Our own resolver did not answer in time; nothing is known about the receiver. */
export class DnsTimeoutError extends Error {
  readonly code = "DNS_TIMEOUT";
}

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}
export type Resolve = (hostname: string) => Promise<readonly ResolvedAddress[]>;

/** How a connection to one host and port is to be made. */
export interface ConnectionRules {
  /** Answers only addresses that `isAllowed`; fails if the name has any other. */
  readonly lookup: LookupFunction;
  readonly isAllowed: (address: string) => boolean;
}

/** Decides what webhooks may reach: first on the URL, then, because names can change their mind, on every address connected to. */
export interface AddressGuard {
  /** Judges what the URL itself shows, without DNS. Pure and quick for a `URL` seen before. */
  checkUrl(url: string | URL): UrlVerdict;
  /** `checkUrl` and DNS, for when a URL is saved. A name that does not resolve (yet) is accepted: it is judged again at every connection. */
  checkDestination(url: string): Promise<UrlVerdict>;
  isAllowedAddress(address: string): boolean;
  /** `lookup` for connections to any port but our own. */
  readonly lookup: LookupFunction;
  connectionRules(hostname: string, port: number): ConnectionRules;
}

export interface AddressGuardOptions {
  /** CIDR ranges that would be refused but are allowed by the operator. */
  readonly allowedPrivateCidrs: readonly string[];
  readonly allowHttp: boolean;
  /** Where this service itself listens, for example `http://127.0.0.1:4000`. */
  readonly ownOrigin: string;
  /** The only path of our own that webhooks may reach, even in production: the built-in receiver. Null: none. */
  readonly ownReceiverPath: string | null;
  /** All addresses of a name, by the operating system's rules. */
  readonly resolve?: Resolve;
  readonly dnsTimeoutMs?: number;
}

// One text for everything that concerns where a host leads: the difference would tell a stranger what our network looks like.
const ADDRESS_REASON = "The address is not allowed.";
const URL_LENGTH_MAX = 2_048;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the URL parser drops some of them silently
const INVISIBLE = /[\u0000-\u0020\u007f]/;
/** Nothing that a router could decode into another path: below a receiver's imitations, which route nothing further, also what is percent-encoded. */
const PLAIN_PATH = /^[\w\-./~]*$/;
const IMITATED_PATH = /^[\w-]+\/imitations\/[\w-]+\/(?:[\w\-./~!$&'()*+,;=:@]|%[0-9A-F]{2})*$/i;
const LOCALHOST_ADDRESSES: readonly ResolvedAddress[] = [
  { address: "127.0.0.1", family: 4 },
  { address: "::1", family: 6 },
];

const ADDRESS_REFUSED = refused("BLOCKED_ADDRESS", ADDRESS_REASON);

export function createAddressGuard(options: AddressGuardOptions): AddressGuard {
  const { allowHttp, ownReceiverPath, dnsTimeoutMs = 2_000 } = options;
  const policy = createAddressPolicy(options.allowedPrivateCidrs);
  const resolve = withTimeout(sharingAnswers(options.resolve ?? resolveWithSystem), dnsTimeoutMs);
  const ownUrl = new URL(options.ownOrigin);
  const ownHost = bareHost(ownUrl);
  const ownPort = portOf(ownUrl);
  const verdicts = new WeakMap<URL, UrlVerdict>();

  const isOwnHost = (host: string): boolean =>
    host === ownHost || isLoopbackAddress(host) || (isIP(host) === 0 && classifyHostName(host) === "localhost");

  function checkUrl(input: string | URL): UrlVerdict {
    if (typeof input === "string") return judge(input);
    const known = verdicts.get(input);
    if (known !== undefined) return known;
    const verdict = judge(input.href);
    verdicts.set(input, verdict);
    return verdict;
  }

  function judge(text: string): UrlVerdict {
    if (text.length > URL_LENGTH_MAX)
      return refused("BLOCKED_URL", `The URL is longer than ${URL_LENGTH_MAX} characters.`);
    const url = INVISIBLE.test(text) ? null : URL.parse(text);
    if (url === null) return refused("BLOCKED_URL", "This is not a valid absolute URL.");
    if (url.protocol !== "https:" && url.protocol !== "http:") return schemeRefused(allowHttp);
    if (url.username !== "" || url.password !== "") {
      return refused("BLOCKED_CREDENTIALS", "The URL must not contain a user name or password; use a custom header.");
    }
    const host = bareHost(url);
    const port = portOf(url);
    if (port === ownPort && isOwnHost(host)) return judgeOwn(url);
    if (url.protocol === "http:" && !allowHttp) return schemeRefused(allowHttp);
    if (isBlockedPort(port)) return refused("BLOCKED_PORT", `Port ${port} is not allowed.`);
    return isAllowedHost(host) ? { ok: true, url } : ADDRESS_REFUSED;
  }

  function judgeOwn(url: URL): UrlVerdict {
    const isReceiver =
      ownReceiverPath !== null &&
      url.protocol === ownUrl.protocol &&
      url.pathname.startsWith(ownReceiverPath) &&
      (PLAIN_PATH.test(url.pathname) || IMITATED_PATH.test(url.pathname.slice(ownReceiverPath.length)));
    return isReceiver ? { ok: true, url } : ADDRESS_REFUSED;
  }

  function isAllowedHost(host: string): boolean {
    if (isIP(host) !== 0) return policy.isAllowed(host);
    switch (classifyHostName(host)) {
      case "public":
        return true;
      case "localhost":
        return LOCALHOST_ADDRESSES.some(({ address }) => policy.isAllowed(address));
      case "privateNetwork":
        return policy.reachesPrivateNetwork;
      case "metadata":
      case "malformed":
        return false;
    }
  }

  function connectionRules(hostname: string, port: number): ConnectionRules {
    if (port !== ownPort) return elsewhere;
    return isOwnHost(hostname) ? toOurselves : elsewhereOnOurPort;
  }

  const rules = (isAllowed: (address: string) => boolean): ConnectionRules => ({
    isAllowed,
    lookup: (hostname, lookupOptions, callback) => {
      resolveAllowed(hostname, isAllowed).then(
        (answers) => {
          const [first] = answers;
          if (lookupOptions.all === true)
            callback(
              null,
              answers.map(({ address, family }) => ({ address, family })),
            );
          else if (first !== undefined) callback(null, first.address, first.family);
        },
        (error: NodeJS.ErrnoException) => callback(error, [] as never),
      );
    },
  });

  async function resolveAllowed(
    hostname: string,
    isAllowed: (address: string) => boolean,
  ): Promise<readonly ResolvedAddress[]> {
    if (isIP(hostname) === 0 && classifyHostName(hostname) === "localhost") {
      // These names are ours by definition (RFC 6761), so it is enough that one of their addresses is allowed.
      const answers = LOCALHOST_ADDRESSES.filter(({ address }) => isAllowed(address));
      if (answers.length === 0) throw new BlockedAddressError();
      return answers;
    }
    const answers = await resolve(hostname);
    if (answers.length === 0) throw Object.assign(new Error("The name has no address."), { code: "ENOTFOUND" });
    if (!answers.every(({ address }) => isAllowed(address))) throw new BlockedAddressError();
    return answers;
  }

  const elsewhere = rules(policy.isAllowed);
  // A name could point at our own port on this machine: a webhook that publishes events would never end.
  const elsewhereOnOurPort = rules(
    (address) => policy.isAllowed(address) && !isLoopbackAddress(address) && address !== ownHost,
  );
  const toOurselves = rules((address) => isLoopbackAddress(address) || address === ownHost);

  async function checkDestination(text: string): Promise<UrlVerdict> {
    const verdict = checkUrl(text);
    if (!verdict.ok) return verdict;
    const host = bareHost(verdict.url);
    if (isIP(host) !== 0) return verdict;
    try {
      await resolveAllowed(host, connectionRules(host, portOf(verdict.url)).isAllowed);
    } catch (error) {
      if (error instanceof BlockedAddressError) return ADDRESS_REFUSED;
    }
    return verdict;
  }

  return {
    checkUrl,
    checkDestination,
    isAllowedAddress: policy.isAllowed,
    lookup: elsewhere.lookup,
    connectionRules: (hostname, port) => connectionRules(withoutTrailingDot(hostname), port),
  };
}

function refused(code: BlockedCode, reason: string): UrlVerdict & { ok: false } {
  return { ok: false, code, reason };
}

function schemeRefused(allowHttp: boolean): UrlVerdict {
  return refused(
    "BLOCKED_SCHEME",
    allowHttp ? "The URL must begin with https:// or http://." : "The URL must begin with https://.",
  );
}

/** The host without the brackets of IPv6 and without a trailing dot. */
function bareHost(url: URL): string {
  return url.hostname.startsWith("[") ? url.hostname.slice(1, -1) : withoutTrailingDot(url.hostname);
}

function portOf(url: URL): number {
  if (url.port !== "") return Number(url.port);
  return url.protocol === "https:" ? 443 : 80;
}

async function resolveWithSystem(hostname: string): Promise<readonly ResolvedAddress[]> {
  return dns.promises.lookup(hostname, { all: true, order: "verbatim" });
}

function withTimeout(resolve: Resolve, timeoutMs: number): Resolve {
  return (hostname) =>
    new Promise((fulfil, reject) => {
      const timer = setTimeout(() => reject(new DnsTimeoutError("The name was not resolved in time.")), timeoutMs);
      resolve(hostname)
        .then(fulfil, reject)
        .finally(() => clearTimeout(timer));
    });
}

/** Concurrent questions for one name share one answer: the system's resolver has four threads, and a slow name must not hold them all. */
function sharingAnswers(resolve: Resolve): Resolve {
  const asked = new Map<string, Promise<readonly ResolvedAddress[]>>();
  return (hostname) => {
    const pending = asked.get(hostname);
    if (pending !== undefined) return pending;
    const answer = resolve(hostname).finally(() => asked.delete(hostname));
    asked.set(hostname, answer);
    return answer;
  };
}
