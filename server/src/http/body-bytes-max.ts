/** Largest request body. */
export const BODY_BYTES_MAX = 8 * 1024 * 1024;
