import { useIntl } from "react-intl";
import type { MessageId } from "../../i18n/en.ts";

/** What a role is called, however it is written in the log; other texts stay as they are. */
export function useRoleName(): (role: string | number | undefined) => string {
  const intl = useIntl();
  return (role) => {
    const id = `role.${String(role).toUpperCase()}`;
    return id in intl.messages ? intl.formatMessage({ id: id as MessageId }) : String(role ?? "");
  };
}
