const CHECK_MS = 1000;

/** An endless response (server-sent events) that ends soon after its credential does, or what that allows has changed. `onEnd` is called once it has ended, however. */
export function endingWithCredential(
  response: Response,
  { isUnchanged, onEnd }: { readonly isUnchanged: () => Promise<boolean>; readonly onEnd: () => void },
): Response {
  if (response.body === null) {
    onEnd();
    return response;
  }
  const reader = response.body.getReader();
  const timer = setInterval(async () => {
    // How the credential stands is not known while the database is away: the stream goes on.
    if (!(await isUnchanged().catch(() => true))) await reader.cancel();
  }, CHECK_MS);
  const end = (): void => {
    clearInterval(timer);
    onEnd();
  };
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await reader.read().catch((error: unknown) => {
        end();
        throw error;
      });
      if (!done) return controller.enqueue(value);
      end();
      controller.close();
    },
    async cancel(reason) {
      end();
      await reader.cancel(reason);
    },
  });
  return new Response(body, response);
}
