import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { z } from "zod/mini";
import { orderEventTypes } from "../../orders/order-event-types.ts";
import { organizationRoute } from "../../routes/organization-route.ts";
import { timeRangeSearch } from "../../url/time-range.ts";

/** The parts of the page, as addresses name them. */
export const eventsTabs = ["list", "publish", "catalogue"] as const;

const text = z.catch(z.optional(z.string()), undefined);

const search = z.object({
  /** The list if absent. */
  tab: z.catch(z.optional(z.enum(eventsTabs)), undefined),
  q: text,
  /** All types if absent. */
  type: z.catch(z.optional(z.enum(orderEventTypes)), undefined),
  /** Behind which event the page of the list begins. */
  after: text,
  /** The event whose drawer is open. */
  event: text,
  ...timeRangeSearch,
});

export type EventsSearch = z.infer<typeof search>;

export const eventsRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "events",
  validateSearch: search,
  component: lazyRouteComponent(() => import("./events-page.tsx"), "EventsPage"),
});
