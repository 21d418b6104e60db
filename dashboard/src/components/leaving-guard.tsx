import { useBlocker } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { ConfirmDialog } from "./confirm-dialog.tsx";

/** Asks who leaves the page, or its tab, before something is lost. The other parameters of the address lose nothing. */
export function LeavingGuard({
  isNeeded,
  question,
  confirmLabel,
  children,
}: {
  isNeeded: boolean;
  question: string;
  confirmLabel: string;
  /** What would be lost. */
  children: ReactNode;
}) {
  const leaving = useBlocker({
    shouldBlockFn: ({ current, next }) => isNeeded && isElsewhere(current, next),
    enableBeforeUnload: isNeeded,
    withResolver: true,
  });
  return (
    <ConfirmDialog
      isOpen={leaving.status === "blocked"}
      question={question}
      confirmLabel={confirmLabel}
      isDestructive
      onConfirm={() => leaving.proceed?.()}
      onClose={() => leaving.reset?.()}
    >
      {children}
    </ConfirmDialog>
  );
}

interface Place {
  readonly pathname: string;
  readonly search: object;
}

function isElsewhere(current: Place, next: Place): boolean {
  return current.pathname !== next.pathname || tabOf(current) !== tabOf(next);
}

function tabOf({ search }: Place): unknown {
  return "tab" in search ? search.tab : undefined;
}
