import { createRoute, notFound } from "@tanstack/react-router";
import { organizationRoute } from "../../routes/organization-route.ts";

export const webhooksRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "webhooks",
  beforeLoad: () => {
    throw notFound();
  },
});
