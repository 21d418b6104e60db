import { createRoute, notFound } from "@tanstack/react-router";
import { organizationRoute } from "../../routes/organization-route.ts";

export const eventsRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "events",
  beforeLoad: () => {
    throw notFound();
  },
});
