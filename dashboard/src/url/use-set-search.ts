import { useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";

/**
 * Changes parameters of the page's address; undefined takes one out. The page stays where it is scrolled to, and "back"
 * leaves the page: give `{ push: true }` for what "back" should undo.
 */
export function useSetSearch<Search extends object>() {
  const navigate = useNavigate();
  return useCallback(
    (change: { readonly [Name in keyof Search]?: Search[Name] | undefined }, { push = false } = {}) =>
      void navigate({
        to: ".",
        search: ((before: object) => ({ ...before, ...change })) as never,
        replace: !push,
        resetScroll: false,
      }),
    [navigate],
  );
}
