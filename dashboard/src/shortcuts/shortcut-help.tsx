import { Kbd } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useEffect, useSyncExternalStore } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { Dialog } from "../components/dialog.tsx";
import styles from "./shortcut-help.module.css";
import { belongsToFocus, shortcuts } from "./shortcut-registry.ts";
import { useShortcut } from "./use-shortcut.ts";

/** As if its key had been pressed. */
export function openShortcutHelp(): void {
  shortcuts.run("?");
}

/** Listens for shortcuts, and lists those of the page that is open. */
export function ShortcutHelp() {
  const intl = useIntl();
  const [isOpen, help] = useDisclosure(false);
  const registered = useSyncExternalStore(shortcuts.subscribe, shortcuts.getSnapshot);
  useShortcut("?", "shortcuts.help", help.toggle);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!belongsToFocus(event) && shortcuts.run(event.key)) event.preventDefault();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
  return (
    <Dialog
      isOpen={isOpen}
      onClose={help.close}
      title={intl.formatMessage({ id: "shortcuts.title" })}
      closeLabel={intl.formatMessage({ id: "shortcuts.close" })}
    >
      <dl className={styles["list"]}>
        {registered.map(({ key, labelId }) => (
          <div key={`${key} ${labelId}`} className={styles["item"]}>
            <dt>
              <Kbd>{key}</Kbd>
            </dt>
            <dd>
              <FormattedMessage id={labelId} />
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
