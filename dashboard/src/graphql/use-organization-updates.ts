import { useRef } from "react";
import { graphql } from "./generated/gql.ts";
import type { OrganizationPart } from "./generated/graphql.ts";
import { useLiveUpdates } from "./use-live-updates.ts";

const OrganizationUpdates_Updates = graphql(`
  subscription OrganizationUpdates_Updates($organizationId: ID!, $since: String) {
    organizationUpdates(organizationId: $organizationId, since: $since) {
      cursor
      parts
    }
  }
`);

/** Calls `onChange` after somebody changed one of these parts of an organization, in whatever tab or program. */
export function useOrganizationUpdates(
  organizationId: string,
  parts: readonly OrganizationPart[],
  onChange: (changed: readonly OrganizationPart[]) => void,
): void {
  const cursor = useRef<string | null>(null);
  useLiveUpdates(
    OrganizationUpdates_Updates,
    organizationId,
    () => ({ organizationId, since: cursor.current }),
    ({ organizationUpdates }) => {
      cursor.current = organizationUpdates.cursor;
      const changed = organizationUpdates.parts.filter((part) => parts.includes(part));
      if (changed.length > 0) onChange(changed);
    },
  );
}
