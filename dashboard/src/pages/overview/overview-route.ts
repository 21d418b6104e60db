import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { z } from "zod/mini";
import { statusNames } from "../../deliveries/delivery-status.ts";
import { organizationRoute } from "../../routes/organization-route.ts";
import { timeRangeSearch } from "../../url/time-range.ts";

const search = z.object({
  /** Which deliveries are listed; all if absent. */
  status: z.catch(z.optional(z.enum(statusNames)), undefined),
  /** The delivery whose drawer is open. */
  delivery: z.catch(z.optional(z.string()), undefined),
  ...timeRangeSearch,
});

export const overviewRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "overview",
  validateSearch: search,
  component: lazyRouteComponent(() => import("./overview-page.tsx"), "OverviewPage"),
});
