import { Button } from "@mantine/core";
import { RotateCw } from "lucide-react";
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import type { CombinedError } from "urql";
import { useRefusalText } from "../refusals/use-refusal-text.ts";
import styles from "./list-states.module.css";

export function LoadingState({ label, rows = 4 }: { label: string; rows?: number }) {
  return (
    <div role="status" aria-label={label} className={styles["loading"]}>
      {Array.from({ length: rows }, (_, row) => row).map((row) => (
        <span key={row} className={styles["skeleton"]} />
      ))}
    </div>
  );
}

export function ErrorState({ error, onRetry }: { error: CombinedError; onRetry: () => void }) {
  const problem = useRefusalText(undefined, error);
  return (
    <div role="alert" className={styles["state"]}>
      <p className={styles["title"]}>
        <FormattedMessage id="error.title" />
      </p>
      <p className={styles["hint"]}>{problem}</p>
      <Button variant="default" size="sm" leftSection={<RotateCw size={15} aria-hidden="true" />} onClick={onRetry}>
        <FormattedMessage id="error.retry" />
      </Button>
    </div>
  );
}

/** Nothing to show: `title` says what is missing, the children what to do about it. */
export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={styles["state"]}>
      <p className={styles["title"]}>{title}</p>
      {children}
    </div>
  );
}

/** A list of which the filters leave nothing; the children say what else could help. */
export function NoMatch({
  title,
  hint,
  onClear,
  children,
}: {
  title: string;
  hint?: string;
  onClear: () => void;
  children?: ReactNode;
}) {
  return (
    <EmptyState title={title}>
      {hint !== undefined && <StateHint>{hint}</StateHint>}
      <Button variant="default" size="sm" onClick={onClear}>
        <FormattedMessage id="filter.clear" />
      </Button>
      {children}
    </EmptyState>
  );
}

export function StateHint({ children }: { children: ReactNode }) {
  return <p className={styles["hint"]}>{children}</p>;
}
