import type { Span } from "../expression-error.ts";
import type { Meter } from "../meter.ts";

/** How many characters a text has, as people count: a surrogate pair is one. */
export function countCodePoints(text: string, meter: Meter, at: Span): number {
  meter.work(text.length >> 3, at);
  let count = 0;
  for (let index = 0; index < text.length; index += widthAt(text, index)) count += 1;
  return count;
}

/** From one code point to before another; past the end is the end. */
export function sliceCodePoints(text: string, start: number, end: number, meter: Meter, at: Span): string {
  meter.work(Math.min(text.length, end) >> 3, at);
  let from = text.length;
  let index = 0;
  for (let count = 0; index < text.length && count < end; index += widthAt(text, index)) {
    if (count === start) from = index;
    count += 1;
  }
  return text.slice(Math.min(from, index), index);
}

function widthAt(text: string, index: number): 1 | 2 {
  return (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
}
