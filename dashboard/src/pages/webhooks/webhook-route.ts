import { createRoute, notFound } from "@tanstack/react-router";
import { organizationRoute } from "../../routes/organization-route.ts";

export const webhookRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "webhooks/$webhookConfigId",
  beforeLoad: () => {
    throw notFound();
  },
});
