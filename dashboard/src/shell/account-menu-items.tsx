import { Menu } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Keyboard, LogOut, User } from "lucide-react";
import { FormattedMessage } from "react-intl";
import { signOut } from "../session/account-api.ts";
import { useSession } from "../session/use-session.ts";
import { useViewer } from "../session/viewer.ts";
import { openShortcutHelp } from "../shortcuts/shortcut-help.tsx";

export function AccountMenuItems() {
  const { viewer } = useViewer();
  const { end } = useSession();
  return (
    <Menu.Dropdown>
      <Menu.Label>{viewer.name}</Menu.Label>
      <Menu.Item component={Link} to="/profile" leftSection={<User size={16} aria-hidden="true" />}>
        <FormattedMessage id="profile.title" />
      </Menu.Item>
      <Menu.Item leftSection={<Keyboard size={16} aria-hidden="true" />} onClick={openShortcutHelp}>
        <FormattedMessage id="shortcuts.title" />
      </Menu.Item>
      <Menu.Item leftSection={<LogOut size={16} aria-hidden="true" />} onClick={() => void signOut().then(end)}>
        <FormattedMessage id="signOut" />
      </Menu.Item>
    </Menu.Dropdown>
  );
}
