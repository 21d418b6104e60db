import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { z } from "zod/mini";
import { deliverySearch } from "../../deliveries/delivery-search.ts";
import { organizationRoute } from "../../routes/organization-route.ts";

const search = z.object({
  ...deliverySearch,
  /** The delivery that is shown beside the feed. */
  delivery: z.catch(z.optional(z.string()), undefined),
});

export const liveRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "live",
  validateSearch: search,
  component: lazyRouteComponent(() => import("./live-page.tsx"), "LivePage"),
});
