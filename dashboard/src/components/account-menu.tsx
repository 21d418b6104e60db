import { ActionIcon, Menu } from "@mantine/core";
import { Activity, CircleUser, LogOut, User, Users } from "lucide-react";
import { FormattedMessage, useIntl } from "react-intl";

/** The person who is signed in, and where to go from everywhere. */
export function AccountMenu({
  name,
  page,
  hasMembers,
  onOpen,
  onSignOut,
}: {
  name: string;
  /** The page that is open; null for the overview. */
  page: string | null;
  /** Whether there is an organization whose people could be shown. */
  hasMembers: boolean;
  onOpen: (page: string | null) => void;
  onSignOut: () => void;
}) {
  const intl = useIntl();
  return (
    <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon variant="default" size="lg" aria-label={intl.formatMessage({ id: "account.menu" })}>
          <CircleUser size={17} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{name}</Menu.Label>
        {page !== null && (
          <Menu.Item leftSection={<Activity size={16} aria-hidden="true" />} onClick={() => onOpen(null)}>
            <FormattedMessage id="overview.title" />
          </Menu.Item>
        )}
        {hasMembers && (
          <Menu.Item leftSection={<Users size={16} aria-hidden="true" />} onClick={() => onOpen("members")}>
            <FormattedMessage id="members.title" />
          </Menu.Item>
        )}
        <Menu.Item leftSection={<User size={16} aria-hidden="true" />} onClick={() => onOpen("profile")}>
          <FormattedMessage id="profile.title" />
        </Menu.Item>
        <Menu.Item leftSection={<LogOut size={16} aria-hidden="true" />} onClick={onSignOut}>
          <FormattedMessage id="signOut" />
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
