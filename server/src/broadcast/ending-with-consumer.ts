/**
 * Gives a generator a signal that aborts as soon as its consumer leaves. Without it, `return()` would wait for the `await` the generator is
 * suspended in, and a subscription nobody reads any more would live until its next event.
 */
export function endingWithConsumer<T>(make: (signal: AbortSignal) => AsyncGenerator<T>): AsyncGenerator<T> {
  const ending = new AbortController();
  const generator = make(ending.signal);
  return {
    next: () => generator.next(),
    return(value) {
      ending.abort();
      return generator.return(value);
    },
    throw(error) {
      ending.abort();
      return generator.throw(error);
    },
    async [Symbol.asyncDispose]() {
      ending.abort();
      await generator.return(undefined);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
