/**
 * Arithmetic on numbers as people write them. JSON's numbers are decimals; adding their binary forms would print
 * 0.30000000000000004 into a CRM. A sum has no more decimals than its parts, a product as many as both together:
 * rounding to that takes the artefact away and nothing else.
 */
export const DECIMAL = {
  add: (left: number, right: number): number => rounded(left + right, Math.max(decimalsOf(left), decimalsOf(right))),
  subtract: (left: number, right: number): number =>
    rounded(left - right, Math.max(decimalsOf(left), decimalsOf(right))),
  multiply: (left: number, right: number): number => rounded(left * right, decimalsOf(left) + decimalsOf(right)),
  /** Quotients need not end: they have 15 digits, as in a spreadsheet. */
  divide: (left: number, right: number): number => {
    const quotient = left / right;
    return Number.isInteger(quotient) ? quotient : Number(quotient.toPrecision(15));
  },
  remainder: (left: number, right: number): number =>
    rounded(left % right, Math.max(decimalsOf(left), decimalsOf(right))),
} as const;

/** With exactly so many decimals (0–20), halves away from zero, by the number's shortest decimal form: 1.005 → "1.01". */
export function toFixedDecimal(number: number, digits: number): string {
  if (digits <= 6 && Math.abs(number) < 1e9 && decimalsOf(number) <= digits) return number.toFixed(digits);
  const { negative, units, scale } = decimalParts(number);
  const drop = scale - digits;
  let rounded = units;
  if (drop > 0) {
    const divisor = 10n ** BigInt(drop);
    rounded = (units + divisor / 2n) / divisor;
  } else if (drop < 0) rounded = units * 10n ** BigInt(-drop);
  const text = rounded.toString().padStart(digits + 1, "0");
  const sign = negative && rounded !== 0n ? "-" : "";
  if (digits === 0) return sign + text;
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

function rounded(value: number, decimals: number): number {
  if (Number.isInteger(value) || decimals > 100) return value;
  return Number(value.toFixed(decimals));
}

/** How many digits after the point the shortest decimal form has. */
function decimalsOf(value: number): number {
  if (Number.isInteger(value)) return 0;
  const text = String(value);
  const exponentAt = text.indexOf("e");
  const exponent = exponentAt === -1 ? 0 : Number(text.slice(exponentAt + 1));
  const mantissa = exponentAt === -1 ? text : text.slice(0, exponentAt);
  const point = mantissa.indexOf(".");
  return Math.max(0, (point === -1 ? 0 : mantissa.length - point - 1) - exponent);
}

/** The shortest decimal form as `units / 10^scale`, with `scale` ≥ 0. */
function decimalParts(number: number): { negative: boolean; units: bigint; scale: number } {
  const [mantissa = "0", exponent = "0"] = String(Math.abs(number)).split("e");
  const [whole = "0", fraction = ""] = mantissa.split(".");
  const scale = fraction.length - Number(exponent);
  const units = BigInt(whole + fraction);
  return { negative: number < 0, units: scale < 0 ? units * 10n ** BigInt(-scale) : units, scale: Math.max(0, scale) };
}
