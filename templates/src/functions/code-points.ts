import type { Span } from "../expression-error.ts";
import type { Meter } from "../meter.ts";

const SURROGATE = /[\ud800-\udfff]/;

/** How many characters a text has, as people count: a surrogate pair is one. */
export function countCodePoints(text: string, meter: Meter, at: Span): number {
  if (!hasSurrogates(text, meter, at)) return text.length;
  let pairs = 0;
  for (let index = 0; index < text.length - 1; index += 1) if (isPair(text, index)) pairs += 1;
  return text.length - pairs;
}

/** From one code point to before another; past the end is the end. */
export function sliceCodePoints(whole: string, start: number, end: number, meter: Meter, at: Span): string {
  const text = whole.slice(0, end * 2);
  if (!hasSurrogates(text, meter, at)) return text.slice(start, Math.max(start, end));
  let from = text.length;
  let index = 0;
  for (let count = 0; index < text.length && count < end; count += 1) {
    if (count === start) from = index;
    index += isPair(text, index) ? 2 : 1;
  }
  return text.slice(Math.min(from, index), index);
}

/** Most texts have none: then code points are code units, and nothing has to be counted. */
function hasSurrogates(text: string, meter: Meter, at: Span): boolean {
  meter.work(text.length >> 5, at);
  if (!SURROGATE.test(text)) return false;
  meter.work(text.length, at);
  return true;
}

/** Past the end is NaN, which is no surrogate. */
function isPair(text: string, index: number): boolean {
  return (text.charCodeAt(index) & 0xfc00) === 0xd800 && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00;
}
