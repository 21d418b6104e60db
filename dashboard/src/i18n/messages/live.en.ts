export const liveEn = {} as const;
