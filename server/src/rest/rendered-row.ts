import type { FilterClause, TemplateProblem } from "@vera-qr/templates";
import { z } from "zod";
import { snakeCase } from "./snake-case.ts";

export const filterClauseRow = z
  .object({
    text: z.string().describe("As it is written."),
    from: z.int().describe("Where it begins: offset in the filter, in UTF-16 code units."),
    to: z.int().describe("Where it ends, likewise."),
  })
  .nullable()
  .describe("The part of the filter that the event does not meet; null when it meets all.");

export const problemRows = z
  .array(
    z.object({
      place: z.string().describe("Which text: `filter`, `path`, `headers`, `body` or `fields`."),
      key: z
        .string()
        .nullable()
        .describe("Which of several: the header's name, or the position in `fields`, from 0; null where there is one."),
      code: z.string().describe("What is wrong, for programs, for example `UNKNOWN_NAME`."),
      message: z.string().describe("The same in a sentence."),
      line: z.int().describe("Of that text, from 1."),
      column: z.int().describe("In the line, from 1, in UTF-16 code units."),
      from: z.int().describe("Where it begins: offset in the text, in UTF-16 code units."),
      to: z.int().describe("Where it ends, likewise."),
    }),
  )
  .describe("Why the filter cannot be evaluated, or the request cannot be made, for this event.");

export function toFilterClauseRow(clause: FilterClause | null): z.output<typeof filterClauseRow> {
  return clause && { text: clause.text, from: clause.from, to: clause.to };
}

export function toProblemRows(problems: readonly TemplateProblem[]): z.output<typeof problemRows> {
  return problems.map(({ place, key, code, message, line, column, from, to }) => ({
    place: snakeCase(place),
    key,
    code,
    message,
    line,
    column,
    from,
    to,
  }));
}
