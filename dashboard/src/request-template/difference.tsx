import { diffLines } from "diff";
import { useMemo } from "react";
import { FormattedMessage } from "react-intl";
import styles from "./difference.module.css";

/** Two texts in one, line by line: what stays, what goes and what comes. Told by sign and words, not by colour alone. */
export function Difference({ label, before, after }: { label: string; before: string; after: string }) {
  const parts = useMemo(() => diffLines(before, after), [before, after]);
  if (before === after) {
    return (
      <p className={styles["none"]}>
        <FormattedMessage id="difference.none" />
      </p>
    );
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would announce a form
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
    <div role="group" aria-label={label} className={styles["difference"]} tabIndex={0}>
      {parts.map(({ value, added, removed }, index) => (
        <pre
          // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other identity than their place
          key={index}
          className={styles["part"]}
          data-change={added ? "added" : removed ? "removed" : "none"}
        >
          {(added || removed) && (
            <span className="visually-hidden">
              <FormattedMessage id={added ? "difference.added" : "difference.removed"} />{" "}
            </span>
          )}
          {value}
        </pre>
      ))}
    </div>
  );
}
