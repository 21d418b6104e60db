import { createContext, useContext } from "react";
import { graphql } from "../graphql/generated/gql.ts";
import type { Viewer_ViewerQuery } from "../graphql/generated/graphql.ts";
import { type Access, accessOf } from "./access.ts";

export const Viewer_Viewer = graphql(`
  query Viewer_Viewer {
    viewer {
      id
      name
      isOperator
      memberships {
        role
        organization {
          id
        }
      }
      organizations(first: 50) {
        edges {
          node {
            id
            name
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

export type ViewerData = Viewer_ViewerQuery["viewer"];

const ViewerContext = createContext<{ readonly viewer: ViewerData; readonly reload: () => void } | null>(null);

export const ViewerProvider = ViewerContext.Provider;

/** The person who is signed in. */
export function useViewer() {
  const value = useContext(ViewerContext);
  if (value === null) throw new Error("useViewer is used outside of a ViewerProvider");
  return value;
}

/** What the person may do in an organization. */
export function accessIn(viewer: ViewerData, organizationId: string): Access {
  const membership = viewer.memberships.find(({ organization }) => organization.id === organizationId);
  return accessOf(viewer.isOperator, membership?.role ?? null);
}
