import ipaddr from "ipaddr.js";

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Range = [Address, number];

/** Decides which IP addresses may be connected to. */
export interface AddressPolicy {
  /** False for anything that is not a plain IP address (no port, no brackets, no zone). */
  isAllowed(address: string): boolean;
  /** Whether some allowed private range is more than this machine's loopback. */
  readonly reachesPrivateNetwork: boolean;
}

/**
 * Where clouds hand out credentials to whoever asks from inside, and what is no single host at all.
 * Refused even when an allowed range contains it.
 */
const NEVER: readonly Range[] = [
  "169.254.169.0/24", // AWS, GCP, Azure, OpenStack, DigitalOcean, Oracle
  "169.254.170.0/24", // AWS containers
  "169.254.42.42/32", // Scaleway
  "169.254.0.23/32", // Tencent
  "100.100.100.200/32", // Alibaba
  "168.63.129.16/32", // Azure's host agent
  "192.0.0.192/32", // Oracle, classic
  "fd00:ec2::/32", // AWS
  "fd20:ce::/64", // GCP
  "fd00:42::42/128", // Scaleway
  "fe80::a9fe:a9fe/128", // OpenStack
  "0.0.0.0/8",
  "224.0.0.0/4",
  "255.255.255.255/32",
  "::/128",
  "ff00::/8",
].map((cidr) => ipaddr.parseCIDR(cidr));

const LOOPBACK: readonly Range[] = [ipaddr.parseCIDR("127.0.0.0/8"), ipaddr.parseCIDR("::1/128")];
const GLOBAL_UNICAST_V6 = ipaddr.parseCIDR("2000::/3");

/** @throws when a range is not in CIDR notation. */
export function createAddressPolicy(allowedPrivateCidrs: readonly string[]): AddressPolicy {
  const allowed = allowedPrivateCidrs.map((cidr): Range => ipaddr.parseCIDR(cidr));

  function isAllowed(text: string): boolean {
    const address = parse(text);
    if (address === null || isWithin(address, NEVER)) return false;
    const embedded = address.kind() === "ipv6" ? embeddedIPv4(address as ipaddr.IPv6) : [];
    if (embedded.some((inner) => isWithin(inner, NEVER))) return false;
    if (isWithin(address, allowed)) return true;
    if (address.kind() === "ipv4") return address.range() === "unicast";
    // A translator (NAT64) is passed through to the public address that it stands for, and to nothing else.
    if (address.range() === "rfc6052" && isWellKnownNat64(address as ipaddr.IPv6)) {
      return embedded.every((inner) => inner.range() === "unicast");
    }
    return isWithin(address, [GLOBAL_UNICAST_V6]) && address.range() === "unicast" && embedded.length === 0;
  }

  return { isAllowed, reachesPrivateNetwork: allowed.some((range) => !isWithin(range[0], LOOPBACK)) };
}

export function isLoopbackAddress(text: string): boolean {
  const address = parse(text);
  return address !== null && isWithin(address, LOOPBACK);
}

/** An IPv4-mapped IPv6 address is the IPv4 address: that is where the packets go. */
function parse(text: string): Address | null {
  if (
    !ipaddr.IPv4.isValidFourPartDecimal(text) &&
    !(text.includes(":") && !text.includes("%") && ipaddr.IPv6.isValid(text))
  ) {
    return null;
  }
  return ipaddr.process(text);
}

function isWithin(address: Address, ranges: readonly Range[]): boolean {
  return ranges.some(([network, bits]) => network.kind() === address.kind() && address.match(network, bits));
}

function isWellKnownNat64(address: ipaddr.IPv6): boolean {
  return address.parts[0] === 0x64 && address.parts[1] === 0xff9b && address.parts[2] === 0;
}

/** The IPv4 addresses that tunnels and translators would take out of an IPv6 address. */
function embeddedIPv4(address: ipaddr.IPv6): ipaddr.IPv4[] {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = address.parts;
  const found: ipaddr.IPv4[] = [];
  const startsWithZeros = (a | b | c | d) === 0;
  const isPlainLoopback = startsWithZeros && (e | f | g) === 0 && h === 1;
  if (startsWithZeros && (e === 0 || e === 0xffff) && f === 0 && !isPlainLoopback) found.push(fromWords(g, h)); // compatible, SIIT
  if (a === 0x64 && b === 0xff9b) found.push(fromWords(g, h)); // NAT64
  if (a === 0x2002) found.push(fromWords(b, c)); // 6to4
  if (a === 0x2001 && b === 0) found.push(fromWords(c, d), fromWords(g ^ 0xffff, h ^ 0xffff)); // Teredo: server and client
  if ((e === 0 || e === 0x200) && f === 0x5efe) found.push(fromWords(g, h)); // ISATAP
  return found;
}

function fromWords(high: number, low: number): ipaddr.IPv4 {
  return new ipaddr.IPv4([high >> 8, high & 0xff, low >> 8, low & 0xff]);
}
