/** Stands in a rendered body for the secret that `body` authentication puts there on the wire; JSON leaves it as it is. */
export const CREDENTIAL_MARKER = "__VERA_QR_CREDENTIAL__";
