import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { z } from "zod/mini";
import { rootRoute } from "../../routes/root-route.ts";
import { pathWithinSite } from "../../url/path-within-site.ts";

const search = z.object({
  /** The path to open afterwards; the start page if absent. */
  returnTo: z.catch(z.optional(z.string()), undefined),
  /** Why the identity provider's answer let nobody in. */
  error: z.catch(z.optional(z.string()), undefined),
});

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sign-in",
  validateSearch: search,
  beforeLoad: ({ context, search: { returnTo } }) => {
    if (context.session.state !== "signedIn") return;
    throw redirect({ href: pathWithinSite(returnTo) ?? "/", replace: true });
  },
  component: lazyRouteComponent(() => import("./sign-in-page.tsx"), "SignInPage"),
});
