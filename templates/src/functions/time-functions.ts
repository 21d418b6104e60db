import { defineFunction, type ExpressionFunction } from "./expression-function.ts";
import { formatDate, toEpochMillis } from "./format-date.ts";

export const TIME_FUNCTIONS: readonly ExpressionFunction[] = [
  defineFunction({
    name: "formatDate",
    signature: "formatDate(time, pattern, zone?): string",
    description:
      "A time (ISO 8601, or milliseconds since 1970) in a time zone, otherwise in UTC, by a pattern of yyyy yy MM M dd d HH H mm ss SSS XXX (offset); letters that stand for themselves are put in '…'.",
    example: 'formatDate(data.created_at, "dd.MM.yyyy HH:mm", "Europe/Istanbul")',
    parameters: ["text or number", "text"],
    optional: ["text"],
    result: "string",
    isNullKept: true,
    call: ([time, pattern, zone = "UTC"], context) => formatDate(time, pattern, zone, context),
  }),
  defineFunction({
    name: "epochMillis",
    signature: "epochMillis(time): number",
    description: "Milliseconds since 1970 of a time (ISO 8601), as HubSpot wants it.",
    example: "epochMillis(data.created_at)",
    parameters: ["text"],
    result: "number",
    isNullKept: true,
    call: ([time], { meter, at }) => {
      meter.work(20, at);
      return toEpochMillis(time, at);
    },
  }),
];
