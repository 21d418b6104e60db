/** What expressions over a payload can name. */
export const PAYLOAD_VARIABLES: readonly string[] = ["event", "timestamp", "organization_id", "data", "metadata"];
