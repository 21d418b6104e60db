import type { ReactNode } from "react";
import { useIntl } from "react-intl";
import type { CombinedError } from "urql";
import { ErrorState, LoadingState } from "./list-states.tsx";

/**
 * What a query answered; before that, that it is under way or why it failed. While it is asked again, what it answered
 * before stays.
 */
export function QueryBoundary<T>({
  data,
  error,
  onRetry,
  rows,
  children,
}: {
  data: T | undefined;
  error: CombinedError | undefined;
  onRetry: () => void;
  /** How many lines the answer may take. */
  rows?: number;
  children: (data: T) => ReactNode;
}) {
  const intl = useIntl();
  if (data !== undefined) return children(data);
  if (error !== undefined) return <ErrorState error={error} onRetry={onRetry} />;
  return <LoadingState label={intl.formatMessage({ id: "loading" })} {...(rows !== undefined && { rows })} />;
}
