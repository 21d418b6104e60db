import type { apiKeysEn } from "./api-keys.en.ts";

export const apiKeysTr: Record<keyof typeof apiKeysEn, string> = {};
