import { useEffect } from "react";

const focusable = "a[href], button, input, select, textarea, summary, [tabindex]";

/**
 * Gives the focus a place when the control that had it goes away or is disabled for a while, so that people who use the
 * keyboard go on where they were: the control itself once it can be used again, else the first one in what is left around it.
 */
export function useFocusKeeper(): void {
  useEffect(() => {
    // What had the focus and what is around it: the last time at all, and the last time in the page and not in a dialog.
    let latest: readonly Element[] = [];
    let inPage: readonly Element[] = [];
    const remember = ({ target }: FocusEvent) => {
      if (!(target instanceof Element)) return;
      latest = pathOf(target);
      if (target.closest("#root") !== null) inPage = latest;
    };
    // Who presses beside every control takes the focus away on purpose.
    const forget = () => {
      latest = [];
      inPage = [];
    };
    const isLost = () => document.activeElement === document.body;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const keep = () => {
      timer = undefined;
      if (!isLost()) return;
      const path = latest.some((element) => element.isConnected) ? latest : inPage;
      const place = path[0]?.isConnected === true ? path[0] : firstControlIn(path);
      if (place instanceof HTMLElement && !place.matches(":disabled")) place.focus({ preventScroll: true });
    };
    // Later: on its way from one control to the next, too, the focus is nowhere.
    const observer = new MutationObserver(() => {
      if (isLost()) timer ??= setTimeout(keep);
    });
    observer.observe(document.body, { subtree: true, childList: true, attributeFilter: ["disabled"] });
    document.addEventListener("focusin", remember);
    document.addEventListener("pointerdown", forget);
    return () => {
      observer.disconnect();
      clearTimeout(timer);
      document.removeEventListener("focusin", remember);
      document.removeEventListener("pointerdown", forget);
    };
  }, []);
}

/** The element and what it is in, the nearest first, without the body. */
function pathOf(element: Element): readonly Element[] {
  const path = [element];
  for (let next = element.parentElement; next !== null && next !== document.body; next = next.parentElement) {
    path.push(next);
  }
  return path;
}

/** In the nearest part of the path that is still there and has one. */
function firstControlIn(path: readonly Element[]): Element | undefined {
  for (const part of path) {
    if (!part.isConnected) continue;
    const controls = [...part.querySelectorAll(focusable)];
    const control = controls.find((candidate) => !candidate.matches(":disabled") && candidate.checkVisibility());
    if (control !== undefined) return control;
  }
  return undefined;
}
