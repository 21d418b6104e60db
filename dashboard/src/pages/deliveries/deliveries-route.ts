import { createRoute, notFound } from "@tanstack/react-router";
import { organizationRoute } from "../../routes/organization-route.ts";

export const deliveriesRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "deliveries",
  beforeLoad: () => {
    throw notFound();
  },
});
