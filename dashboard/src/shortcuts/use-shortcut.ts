import { useEffect, useEffectEvent } from "react";
import type { MessageId } from "../i18n/en.ts";
import { shortcuts } from "./shortcut-registry.ts";

/**
 * Gives a key a meaning while the component is shown, and lists it in the help. Keys that are typed into a field, or
 * that press the focused control, are not taken.
 */
export function useShortcut(
  key: string,
  labelId: MessageId,
  run: () => void,
  { isEnabled = true }: { readonly isEnabled?: boolean } = {},
): void {
  const runLatest = useEffectEvent(run);
  useEffect(() => {
    if (!isEnabled) return;
    return shortcuts.register({ key, labelId, run: () => runLatest() });
  }, [key, labelId, isEnabled]);
}
