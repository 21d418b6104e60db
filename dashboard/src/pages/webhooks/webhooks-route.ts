import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { z } from "zod/mini";
import { organizationRoute } from "../../routes/organization-route.ts";
import { webhookFilterSearch } from "./webhook-filter.ts";

export const webhooksRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "webhooks",
  validateSearch: z.object(webhookFilterSearch),
  component: lazyRouteComponent(() => import("./webhooks-page.tsx"), "WebhooksPage"),
});
