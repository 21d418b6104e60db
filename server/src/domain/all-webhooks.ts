/** Stands for all webhooks of an organization in its statistics: their sum is kept beside them, so that a chart of all need not add them up. */
export const ALL_WEBHOOKS = "00000000-0000-0000-0000-000000000000";
