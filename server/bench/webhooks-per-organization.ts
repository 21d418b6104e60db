/** Fan-out: every order is delivered to so many webhooks. */
export const WEBHOOKS_PER_ORGANIZATION = 2;
