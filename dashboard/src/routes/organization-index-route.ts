import { createRoute, redirect } from "@tanstack/react-router";
import { organizationRoute } from "./organization-route.ts";

export const organizationIndexRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "/",
  beforeLoad: ({ params }) => {
    throw redirect({ to: "/organizations/$organizationId/overview", params, replace: true });
  },
});
