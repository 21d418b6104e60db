import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { signedInRoute } from "../../routes/signed-in-route.ts";

/** Leads on to an organization. Addresses of earlier versions named it, and the page, in the search part. */
export const homeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/",
  beforeLoad: ({ location }) => {
    const { organization, page, ...search } = location.search as Record<string, unknown>;
    if (page === "profile") throw redirect({ to: "/profile", replace: true });
    if (typeof organization !== "string") return;
    const to =
      page === "members"
        ? ("/organizations/$organizationId/members" as const)
        : ("/organizations/$organizationId/overview" as const);
    throw redirect({ to, params: { organizationId: organization }, search, replace: true });
  },
  component: lazyRouteComponent(() => import("./home-page.tsx"), "HomePage"),
});
