import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { stringifySearch } from "../url/search-text.ts";
import { rootRoute } from "./root-route.ts";

/** What only people who are signed in see. Others sign in first, and are led back to the address they came for. */
export const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "signed-in",
  beforeLoad: ({ context, location }) => {
    if (context.session.state === "signedIn") return;
    // The identity provider's refusal arrives here as well, in the address that was to be opened.
    const { error, ...search } = location.search as Record<string, unknown>;
    const returnTo = location.pathname + stringifySearch(search);
    throw redirect({
      to: "/sign-in",
      search: {
        returnTo: returnTo === "/" ? undefined : returnTo,
        error: typeof error === "string" ? error : undefined,
      },
      replace: true,
    });
  },
  component: lazyRouteComponent(() => import("../shell/signed-in.tsx"), "SignedIn"),
});
