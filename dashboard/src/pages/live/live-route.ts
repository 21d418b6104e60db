import { createRoute, notFound } from "@tanstack/react-router";
import { organizationRoute } from "../../routes/organization-route.ts";

export const liveRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "live",
  beforeLoad: () => {
    throw notFound();
  },
});
