import styles from "./code-block.module.css";
import { CopyButton } from "./copy-button.tsx";

/** Text as it is on the wire, scrollable by keyboard, with a copy button. */
export function CodeBlock({ label, text, copyLabel }: { label: string; text: string; copyLabel?: string }) {
  return (
    <div className={styles["block"]}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would announce a form */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <div role="group" className={styles["scroll"]} aria-label={label} tabIndex={0}>
        <pre className={styles["text"]}>{text}</pre>
      </div>
      {copyLabel !== undefined && <CopyButton text={text} label={copyLabel} className={styles["copy"] ?? ""} />}
    </div>
  );
}
