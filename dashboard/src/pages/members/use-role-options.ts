import { useIntl } from "react-intl";
import type { Role } from "../../graphql/generated/graphql.ts";

export interface RoleOption {
  readonly value: Role;
  readonly label: string;
}

/** The roles that somebody may give. */
export function useRoleOptions(decidesAboutOwners: boolean): RoleOption[] {
  const intl = useIntl();
  const roles: readonly Role[] = decidesAboutOwners ? ["OWNER", "ADMIN", "VIEWER"] : ["ADMIN", "VIEWER"];
  return roles.map((value) => ({ value, label: intl.formatMessage({ id: `role.${value}` }) }));
}
