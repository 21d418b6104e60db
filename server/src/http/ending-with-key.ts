const CHECK_MS = 1000;

/** An endless response (server-sent events) that ends soon after its credential does. */
export function endingWithKey(response: Response, isKeyValid: () => Promise<boolean>): Response {
  if (response.body === null) return response;
  const reader = response.body.getReader();
  let timer: NodeJS.Timeout | undefined;
  const body = new ReadableStream<Uint8Array>({
    start() {
      timer = setInterval(async () => {
        // Whether the key is good is not known while the database is away: the stream goes on.
        if (!(await isKeyValid().catch(() => true))) await reader.cancel();
      }, CHECK_MS);
    },
    async pull(controller) {
      const { done, value } = await reader.read();
      if (!done) return controller.enqueue(value);
      clearInterval(timer);
      controller.close();
    },
    async cancel(reason) {
      clearInterval(timer);
      await reader.cancel(reason);
    },
  });
  return new Response(body, response);
}
