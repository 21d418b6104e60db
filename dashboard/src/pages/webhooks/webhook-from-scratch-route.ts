import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { organizationRoute } from "../../routes/organization-route.ts";

export const webhookFromScratchRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "webhooks/new/from-scratch",
  component: lazyRouteComponent(() => import("./webhook-from-scratch-page.tsx"), "WebhookFromScratchPage"),
});
