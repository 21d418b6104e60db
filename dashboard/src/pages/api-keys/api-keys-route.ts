import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { z } from "zod/mini";
import { organizationRoute } from "../../routes/organization-route.ts";

const search = z.object({
  /** Behind which key the page of the list begins. */
  after: z.catch(z.optional(z.string()), undefined),
});

export const apiKeysRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "api-keys",
  validateSearch: search,
  component: lazyRouteComponent(() => import("./api-keys-page.tsx"), "ApiKeysPage"),
});
