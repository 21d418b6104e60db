import type { IntlShape } from "react-intl";
import { type Refusal, unreachable } from "./refusal.ts";

/** Refusals in the reader's language, in one line; null when there are none. Their words are loaded when something is refused. */
export async function refusalText(intl: IntlShape, refusals: readonly Refusal[]): Promise<string | null> {
  if (refusals.length === 0) return null;
  const describe = await loadDescription(intl, refusals);
  return refusals.map((refusal) => describe(refusal)).join(" ");
}

/** Says what a refusal is about; `atField` leaves out the field's name, which stands above it then. */
export type Describe = (refusal: Refusal, options?: { readonly atField?: boolean }) => string;

export async function loadDescription(intl: IntlShape, refusals: readonly Refusal[]): Promise<Describe> {
  const sayUnreachable = () => intl.formatMessage({ id: "error.network" });
  if (refusals.every(({ code }) => code === unreachable)) return sayUnreachable;
  try {
    const { describeRefusal } = await import("./describe-refusal.ts");
    return (refusal, options) => describeRefusal(intl, refusal, options);
  } catch {
    return sayUnreachable;
  }
}
