import { type MantineColorScheme, Menu, useMantineColorScheme } from "@mantine/core";
import { FormattedMessage } from "react-intl";
import { colorSchemes } from "./color-schemes.ts";

export function ColorSchemeItems() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu.Dropdown>
      <Menu.RadioGroup value={colorScheme} onChange={(value) => setColorScheme(value as MantineColorScheme)}>
        {colorSchemes.map(({ value, messageId, Icon }) => (
          <Menu.RadioItem
            key={value}
            value={value}
            closeMenuOnClick
            rightSection={<Icon size={16} aria-hidden="true" />}
          >
            <FormattedMessage id={messageId} />
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </Menu.Dropdown>
  );
}
