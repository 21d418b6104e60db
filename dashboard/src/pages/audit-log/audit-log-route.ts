import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { z } from "zod/mini";
import { organizationRoute } from "../../routes/organization-route.ts";
import { timeRangeSearch } from "../../url/time-range.ts";
import { auditActions } from "./audit-actions.ts";

const text = z.catch(z.optional(z.string()), undefined);

const search = z.object({
  /** All if absent. */
  action: z.catch(z.optional(z.enum(auditActions)), undefined),
  /** Id of the person or key; anybody if absent. */
  by: text,
  /** Behind which entry the page of the list begins. */
  after: text,
  ...timeRangeSearch,
});

export type AuditLogSearch = z.infer<typeof search>;

export const auditLogRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "audit-log",
  validateSearch: search,
  component: lazyRouteComponent(() => import("./audit-log-page.tsx"), "AuditLogPage"),
});
