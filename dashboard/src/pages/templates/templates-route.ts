import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { z } from "zod/mini";
import { organizationRoute } from "../../routes/organization-route.ts";
import { gallerySearch } from "../../webhook-templates/gallery-search.ts";

export const templatesRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "templates",
  validateSearch: z.object(gallerySearch),
  component: lazyRouteComponent(() => import("./templates-page.tsx"), "TemplatesPage"),
});
