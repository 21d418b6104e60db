import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { organizationRoute } from "../../routes/organization-route.ts";

export const newWebhookRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "webhooks/new",
  component: lazyRouteComponent(() => import("./new-webhook-page.tsx"), "NewWebhookPage"),
});
