import type { liveEn } from "./live.en.ts";

export const liveTr: Record<keyof typeof liveEn, string> = {};
