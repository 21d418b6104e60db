import { createRouter } from "@tanstack/react-router";
import { apiKeysRoute } from "../pages/api-keys/api-keys-route.ts";
import { auditLogRoute } from "../pages/audit-log/audit-log-route.ts";
import { deliveriesRoute } from "../pages/deliveries/deliveries-route.ts";
import { eventsRoute } from "../pages/events/events-route.ts";
import { homeRoute } from "../pages/home/home-route.ts";
import { invitationRoute } from "../pages/invitation/invitation-route.ts";
import { liveRoute } from "../pages/live/live-route.ts";
import { membersRoute } from "../pages/members/members-route.ts";
import { overviewRoute } from "../pages/overview/overview-route.ts";
import { profileRoute } from "../pages/profile/profile-route.ts";
import { signInRoute } from "../pages/sign-in/sign-in-route.ts";
import { templatesRoute } from "../pages/templates/templates-route.ts";
import { testReceiverRoute } from "../pages/test-receiver/test-receiver-route.ts";
import { newWebhookRoute } from "../pages/webhooks/new-webhook-route.ts";
import { templatedWebhookRoute } from "../pages/webhooks/templated-webhook-route.ts";
import { webhookFromScratchRoute } from "../pages/webhooks/webhook-from-scratch-route.ts";
import { webhookRoute } from "../pages/webhooks/webhook-route.ts";
import { webhooksRoute } from "../pages/webhooks/webhooks-route.ts";
import { parseSearch, stringifySearch } from "../url/search-text.ts";
import { organizationIndexRoute } from "./organization-index-route.ts";
import { organizationRoute } from "./organization-route.ts";
import { rootRoute } from "./root-route.ts";
import { RouteError } from "./route-error.tsx";
import { signedInRoute } from "./signed-in-route.ts";

const routeTree = rootRoute.addChildren([
  signInRoute,
  invitationRoute,
  signedInRoute.addChildren([
    homeRoute,
    profileRoute,
    organizationRoute.addChildren([
      organizationIndexRoute,
      overviewRoute,
      liveRoute,
      deliveriesRoute,
      webhooksRoute,
      newWebhookRoute,
      webhookFromScratchRoute,
      templatedWebhookRoute,
      webhookRoute,
      templatesRoute,
      eventsRoute,
      testReceiverRoute,
      apiKeysRoute,
      membersRoute,
      auditLogRoute,
    ]),
  ]),
]);

export const router = createRouter({
  routeTree,
  context: { session: { state: "unknown" } },
  parseSearch,
  stringifySearch,
  scrollRestoration: true,
  defaultPreload: "intent",
  defaultErrorComponent: RouteError,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
