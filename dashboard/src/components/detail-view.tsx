import type { ReactNode } from "react";
import { useIntl } from "react-intl";
import type { CombinedError } from "urql";
import styles from "./detail-frame.module.css";
import { EmptyState, ErrorState, LoadingState, StateHint } from "./list-states.tsx";

/** One thing that was asked for by its id. */
export interface DetailState<T> {
  /** Null while it is not there. */
  readonly found: T | null;
  /** Whether there is no such thing. */
  readonly isMissing: boolean;
  readonly error: CombinedError | null;
  readonly reload: () => void;
}

/** What is inside a drawer: everything about the thing, or why there is nothing to show. */
export function DetailView<T>({
  state: { found, isMissing, error, reload },
  missing,
  children,
}: {
  state: DetailState<T>;
  missing: { readonly title: string; readonly hint: string };
  children: (found: T) => ReactNode;
}) {
  const intl = useIntl();
  if (found !== null) return <div className={styles["view"]}>{children(found)}</div>;
  if (error !== null) return <ErrorState error={error} onRetry={reload} />;
  if (isMissing) {
    return (
      <EmptyState title={missing.title}>
        <StateHint>{missing.hint}</StateHint>
      </EmptyState>
    );
  }
  return <LoadingState label={intl.formatMessage({ id: "loading" })} rows={5} />;
}
