import { lazy, type ReactNode } from "react";
import { WhenOpened } from "./when-opened.tsx";

const LoadedDialog = lazy(() => import("./loaded-dialog.tsx").then((module) => ({ default: module.LoadedDialog })));

export interface DialogProps {
  readonly isOpen: boolean;
  readonly title: string;
  /** What its closing button says; "Close" if absent. */
  readonly closeLabel?: string;
  /** False while only what is in it may close it; true if absent. */
  readonly isClosable?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A dialog over the page. What draws it is loaded when the first one opens. */
export function Dialog({ isOpen, ...props }: DialogProps) {
  return <WhenOpened isOpen={isOpen}>{(isDialogOpen) => <LoadedDialog isOpen={isDialogOpen} {...props} />}</WhenOpened>;
}
