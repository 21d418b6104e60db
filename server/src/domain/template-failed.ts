/** Cause of a delivery that failed without an attempt, because its webhook's template could not render the request. */
export const TEMPLATE_FAILED = "TEMPLATE_FAILED";
