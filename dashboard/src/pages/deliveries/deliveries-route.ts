import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { organizationRoute } from "../../routes/organization-route.ts";
import { logSearch } from "./log-search.ts";

export const deliveriesRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "deliveries",
  validateSearch: logSearch,
  component: lazyRouteComponent(() => import("./deliveries-page.tsx"), "DeliveriesPage"),
});
