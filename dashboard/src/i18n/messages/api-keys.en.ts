export const apiKeysEn = {} as const;
