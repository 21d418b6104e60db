import { createContext, useContext } from "react";
import type { Access } from "./access.ts";

/** The organization of the address, and what the person who is signed in may do there. */
export interface OrganizationScope {
  readonly id: string;
  readonly name: string;
  readonly access: Access;
}

const OrganizationContext = createContext<OrganizationScope | null>(null);

export const OrganizationProvider = OrganizationContext.Provider;

export function useOrganization(): OrganizationScope {
  const organization = useContext(OrganizationContext);
  if (organization === null) throw new Error("useOrganization is used outside of an organization's page");
  return organization;
}
