import { Button, Menu } from "@mantine/core";
import { ChevronDown } from "lucide-react";
import { useIntl } from "react-intl";

export interface FilterOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

/** One filter of a list, of whose values any number may be chosen; none means no limit. */
export function FilterMenu<Value extends string>({
  label,
  options,
  value,
  onChange,
}: {
  label: string;
  options: readonly FilterOption<Value>[];
  value: readonly Value[] | undefined;
  onChange: (value: Value[] | undefined) => void;
}) {
  const intl = useIntl();
  const chosen = value ?? [];
  const only = chosen.length === 1 ? options.find((option) => option.value === chosen[0])?.label : undefined;
  const text =
    chosen.length === 0
      ? label
      : intl.formatMessage(
          { id: "filter.chosen" },
          { filter: label, chosen: only ?? intl.formatNumber(chosen.length) },
        );
  return (
    <Menu position="bottom-start" withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button
          size="sm"
          variant={chosen.length === 0 ? "default" : "light"}
          rightSection={<ChevronDown size={14} aria-hidden="true" />}
        >
          {text}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah="20rem" style={scrolling}>
        <Menu.CheckboxGroup
          value={[...chosen]}
          onChange={(next) => onChange(next.length === 0 ? undefined : (next as Value[]))}
        >
          {options.map((option) => (
            <Menu.CheckboxItem key={option.value} value={option.value}>
              {option.label}
            </Menu.CheckboxItem>
          ))}
        </Menu.CheckboxGroup>
      </Menu.Dropdown>
    </Menu>
  );
}

const scrolling = { overflowY: "auto" } as const;
