import { useMemo } from "react";
import styles from "./code-block.module.css";
import { CopyButton } from "./copy-button.tsx";
import { textParts } from "./text-parts.ts";

/** Text as it is on the wire, scrollable by keyboard, with a copy button. */
export function CodeBlock({ label, text, copyLabel }: { label: string; text: string; copyLabel?: string }) {
  const parts = useMemo(() => textParts(text), [text]);
  return (
    <div className={styles["block"]}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would announce a form */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <div role="group" className={styles["scroll"]} aria-label={label} tabIndex={0}>
        <pre className={styles["text"]}>
          {parts.map((part, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other identity than their place
            <span key={index} className={styles["part"]}>
              {part}
            </span>
          ))}
        </pre>
      </div>
      {copyLabel !== undefined && <CopyButton text={text} label={copyLabel} className={styles["copy"] ?? ""} />}
    </div>
  );
}
