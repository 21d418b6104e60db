import { type FocusEvent, useLayoutEffect, useState } from "react";
import type { DeliveryRow } from "../feed/delivery-row-fragment.ts";
import { useShortcut } from "../shortcuts/use-shortcut.ts";
import { isUndelivered } from "./delivery-status.ts";
import type { DeliveryActions } from "./use-delivery-actions.ts";

/**
 * A list by keyboard: `j` and `k` move, Enter opens, `r` retries. While a delivery is open the next one is opened.
 * Put what it returns on the element around the rows.
 */
export function useDeliveryKeys({
  deliveries,
  actions,
  openId,
  onOpen,
  onMove,
}: {
  deliveries: readonly DeliveryRow[];
  actions: DeliveryActions | null;
  openId: string | null;
  onOpen: (id: string) => void;
  /** Called before a row gets the focus: a list that draws a part of its rows draws this one. */
  onMove?: (index: number) => void;
}): { readonly onFocus: (event: FocusEvent<HTMLElement>) => void } {
  const [focusedId, setFocusedId] = useState<string | null>(null);
  // Keys may come faster than renders: where the focus is, the document knows at once.
  const readCurrentId = () => openId ?? rowOf(document.activeElement) ?? focusedId;
  const move = (step: 1 | -1) => {
    const index = deliveries.findIndex(({ id }) => id === readCurrentId()) + step;
    const next = deliveries[Math.max(0, index)];
    if (next === undefined) return;
    onMove?.(Math.max(0, index));
    setFocusedId(next.id);
    focusRow(next.id);
    if (openId !== null) onOpen(next.id);
  };
  const retry = () => {
    const current = deliveries.find(({ id }) => id === readCurrentId());
    if (current !== undefined && isUndelivered(current.status)) void actions?.retry(current.id);
  };
  // What was shown beside the list gives the focus back to its row.
  useLayoutEffect(() => {
    if (openId === null) return;
    return () => {
      const focused = document.activeElement;
      if (focused === document.body || focused?.closest("aside") != null) focusRow(openId);
    };
  }, [openId]);
  useShortcut("j", "deliveries.keyNext", () => move(1));
  useShortcut("k", "deliveries.keyPrevious", () => move(-1));
  useShortcut("Enter", "deliveries.keyOpen", () => {
    const id = rowOf(document.activeElement) ?? focusedId;
    if (id !== null) onOpen(id);
  });
  useShortcut("r", "deliveries.keyRetry", retry, { isEnabled: actions !== null });
  return {
    onFocus: ({ target }) => setFocusedId(rowOf(target)),
  };
}

function focusRow(id: string): void {
  document.querySelector<HTMLElement>(`[data-delivery="${id}"]`)?.focus();
}

/** The delivery whose row an element is in; null if it is in none. */
function rowOf(element: Element | null): string | null {
  return element?.closest<HTMLElement>("[data-delivery]")?.dataset["delivery"] ?? null;
}
