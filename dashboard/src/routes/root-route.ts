import { createRootRouteWithContext, lazyRouteComponent } from "@tanstack/react-router";
import type { Session } from "../session/use-session.ts";

/** What routes decide by. */
export interface RouteContext {
  readonly session: Session;
}

export const rootRoute = createRootRouteWithContext<RouteContext>()({
  notFoundComponent: lazyRouteComponent(() => import("../pages/not-found/not-found-page.tsx"), "NotFoundPage"),
});
