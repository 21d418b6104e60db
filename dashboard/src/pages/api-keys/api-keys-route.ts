import { createRoute, notFound } from "@tanstack/react-router";
import { organizationRoute } from "../../routes/organization-route.ts";

export const apiKeysRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "api-keys",
  beforeLoad: () => {
    throw notFound();
  },
});
