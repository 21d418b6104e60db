import { defineFunction, type ExpressionFunction } from "./expression-function.ts";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Of `&quot;`. */
const REPLACEMENT_CHARS_MAX = 6;

export const ESCAPE_FUNCTIONS: readonly ExpressionFunction[] = [
  escaping(
    "escapeSlack",
    "For Slack and Google Chat: nothing in the text can link, or call a person or a channel.",
    /[&<>]/g,
    (character) => ENTITIES[character] ?? character,
  ),
  escaping("escapeHtml", "For HTML.", /[&<>"']/g, (character) => ENTITIES[character] ?? character),
  escaping(
    "escapeMarkdown",
    "For Markdown, as in Discord and Teams: nothing in the text can format, link or call somebody.",
    /[\\`*_{}[\]()<>#+\-.!|~@:]/g,
    (character) => `\\${character}`,
  ),
];

function escaping(
  name: string,
  description: string,
  special: RegExp,
  replacement: (character: string) => string,
): ExpressionFunction {
  return defineFunction({
    name,
    signature: `${name}(text): string`,
    description,
    example: `${name}("<!channel> *Ali & Co*")`,
    parameters: ["text"],
    result: "string",
    isNullKept: true,
    call: ([text], { meter, at }) => {
      meter.work(text.length, at);
      meter.text(text.length * REPLACEMENT_CHARS_MAX, at);
      return text.replace(special, replacement);
    },
  });
}
