import type { MessageId } from "../i18n/en.ts";

export interface Shortcut {
  /** As `KeyboardEvent.key` names it: `j`, `Enter`, `/`, `?`. */
  readonly key: string;
  /** What it does, for the list of shortcuts. */
  readonly labelId: MessageId;
  readonly run: () => void;
}

/** The keys that work right now. The one that was registered last wins, so a drawer may take a key from its page. */
export class ShortcutRegistry {
  #shortcuts: readonly Shortcut[] = [];
  readonly #listeners = new Set<() => void>();

  register(shortcut: Shortcut): () => void {
    this.#set([...this.#shortcuts, shortcut]);
    return () => this.#set(this.#shortcuts.filter((registered) => registered !== shortcut));
  }

  /** Runs what the key stands for; false if it stands for nothing. */
  run(key: string): boolean {
    const shortcut = this.#shortcuts.findLast((registered) => registered.key === key);
    shortcut?.run();
    return shortcut !== undefined;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  getSnapshot = (): readonly Shortcut[] => this.#shortcuts;

  #set(shortcuts: readonly Shortcut[]): void {
    this.#shortcuts = shortcuts;
    for (const listener of this.#listeners) listener();
  }
}

export const shortcuts = new ShortcutRegistry();

/** Whether a key belongs to what has the focus: to a text that is being typed, or to the control that it presses. */
export function belongsToFocus(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return true;
  if (!(event.target instanceof HTMLElement)) return false;
  if (event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]"))
    return true;
  return event.key === "Enter" && event.target.closest("a, button, [role=menuitem], [role=option], summary") !== null;
}
