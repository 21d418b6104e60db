import { Button, CopyButton as Copying } from "@mantine/core";
import { Check, Copy } from "lucide-react";
import { useIntl } from "react-intl";

/** Copies a text that need not be shown, by a button that says what it copies. */
export function CopyTextButton({ text, label }: { text: string; label: string }) {
  const intl = useIntl();
  return (
    <Copying value={text} timeout={2_000}>
      {({ copied, copy }) => (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={copied ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
          onClick={copy}
        >
          {copied ? intl.formatMessage({ id: "copied" }) : label}
        </Button>
      )}
    </Copying>
  );
}
