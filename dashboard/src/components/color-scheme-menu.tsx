import { ActionIcon, useMantineColorScheme } from "@mantine/core";
import { Monitor } from "lucide-react";
import { lazy } from "react";
import { useIntl } from "react-intl";
import { colorSchemes } from "./color-schemes.ts";
import { MenuOnDemand } from "./menu-on-demand.tsx";

const ColorSchemeItems = lazy(() =>
  import("./color-scheme-items.tsx").then((module) => ({ default: module.ColorSchemeItems })),
);

export function ColorSchemeMenu() {
  const intl = useIntl();
  const { colorScheme } = useMantineColorScheme();
  const Current = colorSchemes.find(({ value }) => value === colorScheme)?.Icon ?? Monitor;
  return (
    <MenuOnDemand
      position="bottom-end"
      button={
        <ActionIcon variant="default" size="lg" aria-label={intl.formatMessage({ id: "theme.label" })}>
          <Current size={17} aria-hidden="true" />
        </ActionIcon>
      }
    >
      <ColorSchemeItems />
    </MenuOnDemand>
  );
}
