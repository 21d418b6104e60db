/** Host names that mean something only inside some network, judged without asking DNS. */
export type HostNameKind = "public" | "localhost" | "privateNetwork" | "metadata" | "malformed";

const LOCALHOST_NAMES = new Set(["localhost", "localhost.localdomain", "ip6-localhost", "ip6-loopback"]);
const METADATA_NAMES = new Set([
  "metadata",
  "metadata.google.internal",
  "metadata.goog",
  "metadata.azure.internal",
  "metadata.tencentyun.com",
  "metadata.oraclecloud.com",
  "instance-data",
  "instance-data.ec2.internal",
]);
/** Top-level names set aside for private use, officially (RFC 6762, RFC 8375, ICANN) or by habit. */
const PRIVATE_SUFFIXES = [
  ".local",
  ".internal",
  ".localdomain",
  ".home.arpa",
  ".lan",
  ".home",
  ".corp",
  ".intranet",
  ".private",
  ".svc",
];

/** `hostname` as in a parsed URL (lower case, punycode). A trailing dot changes nothing. */
export function classifyHostName(hostname: string): HostNameKind {
  const name = withoutTrailingDot(hostname);
  if (name === "" || name.length > 253 || name.split(".").some((label) => label === "" || label.length > 63)) {
    return "malformed";
  }
  if (METADATA_NAMES.has(name)) return "metadata";
  if (LOCALHOST_NAMES.has(name) || name.endsWith(".localhost")) return "localhost";
  if (!name.includes(".") || PRIVATE_SUFFIXES.some((suffix) => name.endsWith(suffix))) return "privateNetwork";
  return "public";
}

export function withoutTrailingDot(hostname: string): string {
  return hostname.endsWith(".") ? hostname.slice(0, -1) : hostname;
}
