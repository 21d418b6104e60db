import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { signedInRoute } from "./signed-in-route.ts";

/** The parent of all pages about one organization: they get it by `useOrganization`. */
export const organizationRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/organizations/$organizationId",
  component: lazyRouteComponent(() => import("../shell/organization-layout.tsx"), "OrganizationLayout"),
  notFoundComponent: lazyRouteComponent(() => import("../pages/not-found/not-found-page.tsx"), "NotFoundPage"),
});
