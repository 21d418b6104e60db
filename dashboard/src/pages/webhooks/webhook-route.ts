import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { z } from "zod/mini";
import { statusNames } from "../../deliveries/delivery-status.ts";
import { organizationRoute } from "../../routes/organization-route.ts";
import { timeRangeSearch } from "../../url/time-range.ts";

/** The parts of a webhook's page, as its address names them; the first is shown if it names none. */
export const webhookTabs = ["activity", "request", "login", "test", "settings", "signing", "preview"] as const;

export type WebhookTab = (typeof webhookTabs)[number];

const search = z.object({
  tab: z.catch(z.optional(z.enum(webhookTabs)), undefined),
  /** Which deliveries are listed; all if absent. */
  status: z.catch(z.optional(z.enum(statusNames)), undefined),
  /** The delivery whose drawer is open. */
  delivery: z.catch(z.optional(z.string()), undefined),
  /** The replay of what was missed, whose progress is shown. */
  replay: z.catch(z.optional(z.string()), undefined),
  ...timeRangeSearch,
});

export const webhookRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "webhooks/$webhookConfigId",
  validateSearch: search,
  component: lazyRouteComponent(() => import("./webhook-page.tsx"), "WebhookPage"),
});
