import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { z } from "zod/mini";
import { organizationRoute } from "../../routes/organization-route.ts";
import { gallerySearch } from "../../webhook-templates/gallery-search.ts";

export const newWebhookRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "webhooks/new",
  validateSearch: z.object(gallerySearch),
  component: lazyRouteComponent(() => import("./new-webhook-page.tsx"), "NewWebhookPage"),
});
