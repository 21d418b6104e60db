import { createRoute, notFound } from "@tanstack/react-router";
import { organizationRoute } from "../../routes/organization-route.ts";

export const auditLogRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "audit-log",
  beforeLoad: () => {
    throw notFound();
  },
});
