import { ActionIcon, CopyButton as Copying } from "@mantine/core";
import { Check, Copy } from "lucide-react";
import { useIntl } from "react-intl";

/** Copies a text that need not be shown; says so for two seconds. */
export function CopyButton({ text, label, className = "" }: { text: string; label: string; className?: string }) {
  const intl = useIntl();
  return (
    <Copying value={text} timeout={2_000}>
      {({ copied, copy }) => {
        const name = copied ? intl.formatMessage({ id: "copied" }) : label;
        return (
          <ActionIcon className={className} variant="default" aria-label={name} title={name} onClick={copy}>
            {copied ? <Check size={15} aria-hidden="true" /> : <Copy size={15} aria-hidden="true" />}
          </ActionIcon>
        );
      }}
    </Copying>
  );
}
