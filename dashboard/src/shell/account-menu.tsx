import { ActionIcon } from "@mantine/core";
import { CircleUser } from "lucide-react";
import { lazy } from "react";
import { useIntl } from "react-intl";
import { MenuOnDemand } from "../components/menu-on-demand.tsx";

const AccountMenuItems = lazy(() =>
  import("./account-menu-items.tsx").then((module) => ({ default: module.AccountMenuItems })),
);

/** The person who is signed in, and what is only about that person. */
export function AccountMenu() {
  const intl = useIntl();
  return (
    <MenuOnDemand
      position="bottom-end"
      button={
        <ActionIcon variant="default" size="lg" aria-label={intl.formatMessage({ id: "account.menu" })}>
          <CircleUser size={17} aria-hidden="true" />
        </ActionIcon>
      }
    >
      <AccountMenuItems />
    </MenuOnDemand>
  );
}
