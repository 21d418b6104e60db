import type { auditLogEn } from "./audit-log.en.ts";

export const auditLogTr: Record<keyof typeof auditLogEn, string> = {};
