import { useParams } from "@tanstack/react-router";
import { lastOrganizationId } from "../session/last-organization.ts";
import { useViewer } from "../session/viewer.ts";

/** The organization of the address, else the one that was open last, else the first within reach; null when there is none. */
export function useShellOrganizationId(): string | null {
  const { organizationId } = useParams({ strict: false });
  const { viewer } = useViewer();
  if (organizationId !== undefined) return organizationId;
  const { edges, pageInfo } = viewer.organizations;
  const lastId = lastOrganizationId();
  // Behind the first page, where it cannot be looked up, the last one is taken on trust: its page says if it is gone.
  const isWithinReach = edges.some(({ node }) => node.id === lastId) || (pageInfo.hasNextPage && lastId !== null);
  return isWithinReach ? lastId : (edges[0]?.node.id ?? null);
}
