import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { organizationRoute } from "../../routes/organization-route.ts";

export const templatedWebhookRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "webhooks/new/$templateId",
  component: lazyRouteComponent(() => import("./templated-webhook-page.tsx"), "TemplatedWebhookPage"),
});
