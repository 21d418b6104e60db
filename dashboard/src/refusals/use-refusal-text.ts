import { useEffect, useMemo, useState } from "react";
import { useIntl } from "react-intl";
import type { CombinedError } from "urql";
import { type Refusal, refusalsOf } from "./refusal.ts";
import { refusalText } from "./refusal-text.ts";

/** Why an operation was not carried out, in the reader's language; null when it was, or for the moment that the words take to arrive. */
export function useRefusalText(
  errors: readonly Refusal[] | undefined,
  failure: CombinedError | undefined,
): string | null {
  const intl = useIntl();
  const refusals = useMemo(() => refusalsOf(errors, failure), [errors, failure]);
  const [told, setTold] = useState<{ readonly refusals: readonly Refusal[]; readonly text: string | null } | null>(
    null,
  );
  useEffect(() => {
    let isWanted = refusals.length > 0;
    if (isWanted) void refusalText(intl, refusals).then((text) => isWanted && setTold({ refusals, text }));
    return () => {
      isWanted = false;
    };
  }, [intl, refusals]);
  return told?.refusals === refusals ? told.text : null;
}
