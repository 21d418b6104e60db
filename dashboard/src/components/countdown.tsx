import { useNowMs } from "./now.ts";

/** The time that is left, to the second, as clocks write it: `4:59`, `1:02:03`. */
export function Countdown({ until }: { until: string }) {
  return <time dateTime={until}>{clockText(Math.max(0, Date.parse(until) - useNowMs()))}</time>;
}

function clockText(leftMs: number): string {
  const seconds = Math.ceil(leftMs / 1_000);
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, "0"))).join(":");
}
