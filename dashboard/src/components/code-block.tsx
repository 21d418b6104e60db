import { ActionIcon, CopyButton, Tooltip } from "@mantine/core";
import { Check, Copy } from "lucide-react";
import { useIntl } from "react-intl";
import styles from "./code-block.module.css";

/** Text as it is on the wire, scrollable by keyboard, with a copy button. */
export function CodeBlock({ label, text, copyLabel }: { label: string; text: string; copyLabel?: string }) {
  const intl = useIntl();
  return (
    <div className={styles["block"]}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would announce a form */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <div role="group" className={styles["scroll"]} aria-label={label} tabIndex={0}>
        <pre className={styles["text"]}>{text}</pre>
      </div>
      {copyLabel !== undefined && (
        <CopyButton value={text} timeout={2_000}>
          {({ copied, copy }) => {
            const name = copied ? intl.formatMessage({ id: "deliveries.copied" }) : copyLabel;
            return (
              <Tooltip label={name}>
                <ActionIcon className={styles["copy"] ?? ""} variant="default" aria-label={name} onClick={copy}>
                  {copied ? <Check size={15} aria-hidden="true" /> : <Copy size={15} aria-hidden="true" />}
                </ActionIcon>
              </Tooltip>
            );
          }}
        </CopyButton>
      )}
    </div>
  );
}
