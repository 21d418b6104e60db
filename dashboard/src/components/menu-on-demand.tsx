import { cloneElement, lazy, type ReactElement, type ReactNode, type Ref, Suspense, useState } from "react";

const loadMenu = () => import("./loaded-menu.tsx");
const LoadedMenu = lazy(() => loadMenu().then((module) => ({ default: module.LoadedMenu })));

/** What a menu adds to its button. */
interface MenuButtonProps {
  readonly ref?: Ref<HTMLButtonElement>;
  readonly "aria-haspopup"?: "menu";
  readonly "aria-expanded"?: boolean;
  readonly onClick?: () => void;
  readonly onFocus?: () => void;
  readonly onPointerEnter?: () => void;
}

export interface MenuOnDemandProps {
  readonly button: ReactElement<MenuButtonProps>;
  readonly position: "bottom-start" | "bottom-end";
  /** The dropdown with its items, itself loaded lazily. */
  readonly children: ReactNode;
}

/** A button with a menu, whose scripts are loaded when somebody is about to open it: most visits open none. */
export function MenuOnDemand({ button, position, children }: MenuOnDemandProps) {
  const [isWanted, setIsWanted] = useState(false);
  const preload = () => void loadMenu();
  const closed = cloneElement(button, {
    "aria-haspopup": "menu",
    "aria-expanded": false,
    onClick: () => setIsWanted(true),
    onFocus: preload,
    onPointerEnter: preload,
  });
  if (!isWanted) return closed;
  return (
    <Suspense fallback={closed}>
      <LoadedMenu button={button} position={position}>
        {children}
      </LoadedMenu>
    </Suspense>
  );
}
