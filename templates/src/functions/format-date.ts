import { ExpressionError, type Span } from "../expression-error.ts";
import type { Meter } from "../meter.ts";

/** With time and offset, as the payload writes it. */
const TIME = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/;
const TOKEN = /'[^']*'|yyyy|yy|MM|M|dd|d|HH|H|mm|ss|SSS|XXX|[A-Za-z]+|[^A-Za-z']+|'/g;
/** What a year of four digits can say. */
const YEAR_1000 = Date.UTC(1000, 0);
const YEAR_10000 = Date.UTC(10_000, 0);
const FORMATTERS_MAX = 100;
/** A formatter costs about 50 µs to make and 2 µs to use. */
const formatters = new Map<string, Intl.DateTimeFormat>();

/** Milliseconds since 1970 of an ISO 8601 time; a date alone is its midnight in UTC. */
export function toEpochMillis(time: string, at: Span): number {
  const millis = TIME.test(time) ? Date.parse(time) : Number.NaN;
  if (!Number.isNaN(millis)) return millis;
  throw new ExpressionError("EVALUATION", 'This is no time such as "2024-01-02T10:30:00Z".', at);
}

/** A time (ISO 8601, or milliseconds since 1970) by a pattern of `yyyy yy MM M dd d HH H mm ss SSS XXX` and quoted text. */
export function formatDate(
  time: string | number,
  pattern: string,
  zone: string,
  { meter, at }: { readonly meter: Meter; readonly at: Span },
): string {
  const millis = typeof time === "number" ? Math.trunc(time) : toEpochMillis(time, at);
  if (millis < YEAR_1000 || millis >= YEAR_10000)
    throw new ExpressionError("EVALUATION", "This time is out of range.", at);
  const offsetMinutes = zone === "UTC" ? 0 : offsetOf(millis, zone, meter, at);
  const local = new Date(millis + offsetMinutes * 60_000);
  meter.work(100 + pattern.length * 4, at);
  meter.text(pattern.length * 2, at);
  return pattern.replace(TOKEN, (token) => {
    const value = part(token, local, offsetMinutes);
    if (value !== null) return value;
    throw new ExpressionError("EVALUATION", `"${token.slice(0, 20)}" means nothing in a date's pattern.`, at);
  });
}

function part(token: string, local: Date, offsetMinutes: number): string | null {
  switch (token) {
    case "yyyy":
      return pad(local.getUTCFullYear(), 4);
    case "yy":
      return pad(local.getUTCFullYear() % 100, 2);
    case "MM":
      return pad(local.getUTCMonth() + 1, 2);
    case "M":
      return String(local.getUTCMonth() + 1);
    case "dd":
      return pad(local.getUTCDate(), 2);
    case "d":
      return String(local.getUTCDate());
    case "HH":
      return pad(local.getUTCHours(), 2);
    case "H":
      return String(local.getUTCHours());
    case "mm":
      return pad(local.getUTCMinutes(), 2);
    case "ss":
      return pad(local.getUTCSeconds(), 2);
    case "SSS":
      return pad(local.getUTCMilliseconds(), 3);
    case "XXX": {
      const minutes = Math.abs(offsetMinutes);
      return `${offsetMinutes < 0 ? "-" : "+"}${pad(Math.trunc(minutes / 60), 2)}:${pad(minutes % 60, 2)}`;
    }
    default:
      if (token.length > 1 && token.startsWith("'")) return token.slice(1, -1);
      return /[A-Za-z']/.test(token) ? null : token;
  }
}

function pad(number: number, length: number): string {
  return String(number).padStart(length, "0");
}

/** How far the zone's clocks were from UTC at that time, in minutes. */
function offsetOf(millis: number, zone: string, meter: Meter, at: Span): number {
  const parts = new Map(
    formatterFor(zone, meter, at)
      .formatToParts(millis)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  const local = Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
  return Math.round((local - Math.floor(millis / 1_000) * 1_000) / 60_000);
}

function formatterFor(zone: string, meter: Meter, at: Span): Intl.DateTimeFormat {
  meter.work(150, at);
  const known = formatters.get(zone);
  if (known !== undefined) return known;
  meter.work(2_000, at);
  if (formatters.size >= FORMATTERS_MAX) formatters.clear();
  try {
    const formatter = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      calendar: "gregory",
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formatters.set(zone, formatter);
    return formatter;
  } catch {
    throw new ExpressionError("EVALUATION", 'There is no such time zone; one is "Europe/Istanbul".', at);
  }
}
