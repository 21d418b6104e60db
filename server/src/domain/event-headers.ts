/** Names of the headers that every request carries: the only place where they are written. */
export const CONTENT_TYPE = "Content-Type";
export const SIGNATURE = "X-Webhook-Signature";
/** Only while a rotated secret still signs: the same body, signed with the old secret. */
export const PREVIOUS_SIGNATURE = "X-Webhook-Signature-Previous";
export const EVENT = "X-Webhook-Event";
export const DELIVERY = "X-Webhook-Delivery";
export const ATTEMPT = "X-Webhook-Attempt";
/** The three of Standard Webhooks. */
export const WEBHOOK_ID = "webhook-id";
export const WEBHOOK_TIMESTAMP = "webhook-timestamp";
export const WEBHOOK_SIGNATURE = "webhook-signature";
export const USER_AGENT = "User-Agent";
/** Always `identity`: bodies are stored as they come and never decompressed. */
export const ACCEPT_ENCODING = "Accept-Encoding";
