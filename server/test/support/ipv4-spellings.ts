/** Ways to write one IPv4 address (given as an unsigned 32-bit number) as the host of a URL. */
export const IPV4_SPELLINGS: Readonly<Record<string, (address: number) => string>> = {
  dotted: (address) => octets(address).join("."),
  decimal: (address) => String(address),
  hexadecimal: (address) => `0x${address.toString(16)}`,
  upperHexadecimal: (address) => `0X${address.toString(16).toUpperCase()}`,
  octal: (address) => `0${address.toString(8)}`,
  dottedHexadecimal: (address) =>
    octets(address)
      .map((octet) => `0x${octet.toString(16)}`)
      .join("."),
  dottedOctal: (address) =>
    octets(address)
      .map((octet) => `0${octet.toString(8)}`)
      .join("."),
  paddedOctal: (address) =>
    octets(address)
      .map((octet) => `000${octet.toString(8)}`)
      .join("."),
  twoParts: (address) => `${address >>> 24}.${address & 0xffffff}`,
  threeParts: (address) => `${address >>> 24}.${(address >>> 16) & 0xff}.${address & 0xffff}`,
  mixed: (address) => {
    const [a, b, c, d] = octets(address);
    return `0x${a?.toString(16)}.0${b?.toString(8)}.${c}.0x${d?.toString(16)}`;
  },
  trailingDot: (address) => `${octets(address).join(".")}.`,
  fullWidth: (address) =>
    octets(address)
      .join("\u3002")
      .replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit))),
  percentEncoded: (address) =>
    octets(address)
      .join(".")
      .replace(/\d/g, (digit) => `%3${digit}`),
  mapped: (address) => `[::ffff:${octets(address).join(".")}]`,
  mappedWords: (address) => `[::ffff:${words(address)}]`,
  mappedExpanded: (address) => `[0:0:0:0:0:FFFF:${words(address)}]`,
  ...embedded({
    compatible: (address) => `::${words(address)}`,
    translated: (address) => `::ffff:0:${words(address)}`,
    nat64: (address) => `64:ff9b::${words(address)}`,
    nat64Dotted: (address) => `64:ff9b::${octets(address).join(".")}`,
    nat64Local: (address) => `64:ff9b:1::${words(address)}`,
    sixToFour: (address) => `2002:${words(address)}::1`,
    teredoServer: (address) => `2001:0:${words(address)}:8000:63bf:f7f7:f7f7`,
    teredoClient: (address) => `2001:0:808:808:8000:63bf:${words(~address >>> 0)}`,
    isatap: (address) => `fe80::5efe:${words(address)}`,
    isatapGlobal: (address) => `2600:1f00::5efe:${words(address)}`,
    isatapUniversal: (address) => `2600:1f00::200:5efe:${words(address)}`,
  }),
};

export function octets(address: number): number[] {
  return [address >>> 24, (address >>> 16) & 0xff, (address >>> 8) & 0xff, address & 0xff];
}

function words(address: number): string {
  return `${(address >>> 16).toString(16)}:${(address & 0xffff).toString(16)}`;
}

function embedded(forms: Record<string, (address: number) => string>): Record<string, (address: number) => string> {
  return Object.fromEntries(Object.entries(forms).map(([name, write]) => [name, (address) => `[${write(address)}]`]));
}
