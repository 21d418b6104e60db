import { useEffect, useRef } from "react";

/** Runs the effect after `trigger` changed, at most once per `intervalMs`; not for its first value. */
export function useThrottledEffect(effect: () => void, intervalMs: number, trigger: unknown): void {
  const latest = useRef(effect);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const seen = useRef(trigger);
  useEffect(() => {
    latest.current = effect;
  });
  useEffect(() => {
    if (seen.current === trigger) return;
    seen.current = trigger;
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      latest.current();
    }, intervalMs);
  }, [trigger, intervalMs]);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
}
