import { Menu } from "@mantine/core";
import type { FilterChoice } from "./filter-menu.tsx";

export function FilterMenuItems<Value extends string>({ options, value, onChange }: FilterChoice<Value>) {
  return (
    <Menu.Dropdown mah="20rem" style={scrolling}>
      <Menu.CheckboxGroup
        value={[...(value ?? [])]}
        onChange={(next) => onChange(next.length === 0 ? undefined : (next as Value[]))}
      >
        {options.map((option) => (
          <Menu.CheckboxItem key={option.value} value={option.value}>
            {option.label}
          </Menu.CheckboxItem>
        ))}
      </Menu.CheckboxGroup>
    </Menu.Dropdown>
  );
}

const scrolling = { overflowY: "auto" } as const;
