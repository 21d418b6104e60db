import { ActionIcon, Menu } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { CircleUser, Keyboard, LogOut, User } from "lucide-react";
import { FormattedMessage, useIntl } from "react-intl";
import { signOut } from "../session/account-api.ts";
import { useSession } from "../session/use-session.ts";
import { useViewer } from "../session/viewer.ts";
import { openShortcutHelp } from "../shortcuts/shortcut-help.tsx";

/** The person who is signed in, and what is only about that person. */
export function AccountMenu() {
  const intl = useIntl();
  const { viewer } = useViewer();
  const { end } = useSession();
  return (
    <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon variant="default" size="lg" aria-label={intl.formatMessage({ id: "account.menu" })}>
          <CircleUser size={17} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
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
    </Menu>
  );
}
