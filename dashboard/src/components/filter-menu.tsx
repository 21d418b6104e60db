import { Button } from "@mantine/core";
import { ChevronDown } from "lucide-react";
import { lazy } from "react";
import { useIntl } from "react-intl";
import { MenuOnDemand } from "./menu-on-demand.tsx";

const FilterMenuItems = lazy(() =>
  import("./filter-menu-items.tsx").then((module) => ({ default: module.FilterMenuItems })),
) as typeof import("./filter-menu-items.tsx")["FilterMenuItems"];

export interface FilterOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

export interface FilterChoice<Value extends string> {
  readonly options: readonly FilterOption<Value>[];
  readonly value: readonly Value[] | undefined;
  readonly onChange: (value: Value[] | undefined) => void;
}

/** One filter of a list, of whose values any number may be chosen; none means no limit. */
export function FilterMenu<Value extends string>({ label, ...choice }: FilterChoice<Value> & { label: string }) {
  const intl = useIntl();
  const chosen = choice.value ?? [];
  const only = chosen.length === 1 ? choice.options.find((option) => option.value === chosen[0])?.label : undefined;
  const text =
    chosen.length === 0
      ? label
      : intl.formatMessage(
          { id: "filter.chosen" },
          { filter: label, chosen: only ?? intl.formatNumber(chosen.length) },
        );
  return (
    <MenuOnDemand
      position="bottom-start"
      button={
        <Button
          size="sm"
          variant={chosen.length === 0 ? "default" : "light"}
          rightSection={<ChevronDown size={14} aria-hidden="true" />}
        >
          {text}
        </Button>
      }
    >
      <FilterMenuItems {...choice} />
    </MenuOnDemand>
  );
}
