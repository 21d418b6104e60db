import { useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { pageTitleId } from "../components/page-header.tsx";

/** Moves the focus to the heading of a page that was navigated to, as a loaded page would be read from its beginning. */
export function usePageFocus(): void {
  const router = useRouter();
  useEffect(
    () =>
      router.subscribe("onRendered", ({ fromLocation, pathChanged }) => {
        if (fromLocation !== undefined && pathChanged)
          document.getElementById(pageTitleId)?.focus({ preventScroll: true });
      }),
    [router],
  );
}
