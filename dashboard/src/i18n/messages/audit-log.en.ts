export const auditLogEn = {} as const;
