import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { z } from "zod/mini";
import { organizationRoute } from "../../routes/organization-route.ts";

const search = z.object({
  /** The request whose details are open. */
  request: z.catch(z.optional(z.string()), undefined),
});

export const testReceiverRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "test-receiver",
  validateSearch: search,
  component: lazyRouteComponent(() => import("./test-receiver-page.tsx"), "TestReceiverPage"),
});
