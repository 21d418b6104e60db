import { Menu } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { cloneElement, useEffect, useRef } from "react";
import type { MenuOnDemandProps } from "./menu-on-demand.tsx";

/** The menu that was asked for, open. */
export function LoadedMenu({ button, position, children }: MenuOnDemandProps) {
  const [isOpen, { open, toggle }] = useDisclosure(false);
  const target = useRef<HTMLButtonElement>(null);
  // The button took the place of the one that was clicked. It gets the focus back only if it had it before.
  useEffect(() => {
    target.current?.focus();
    open();
  }, [open]);
  return (
    <Menu
      opened={isOpen}
      onChange={toggle}
      position={position}
      withinPortal={false}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>{cloneElement(button, { ref: target })}</Menu.Target>
      {children}
    </Menu>
  );
}
