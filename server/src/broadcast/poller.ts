/** Calls something again and again, never twice at once. */
export interface Poller {
  /** Now, unless a call is under way. */
  poll(): void;
  start(): void;
  stop(): void;
}

export function createPoller(
  intervalMs: number,
  read: () => Promise<void>,
  onFailed: (error: unknown) => void,
): Poller {
  let timer: NodeJS.Timeout | undefined;
  let isReading = false;

  function poll(): void {
    if (isReading) return;
    isReading = true;
    read()
      .catch(onFailed)
      .finally(() => {
        isReading = false;
      });
  }

  return {
    poll,
    start() {
      timer = setInterval(poll, intervalMs);
    },
    stop() {
      clearInterval(timer);
    },
  };
}
