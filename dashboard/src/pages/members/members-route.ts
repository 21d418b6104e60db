import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { organizationRoute } from "../../routes/organization-route.ts";

export const membersRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "members",
  component: lazyRouteComponent(() => import("./members-page.tsx"), "MembersPage"),
});
