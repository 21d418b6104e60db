import { GraphQLError } from "graphql";
import type { Plugin } from "graphql-yoga";

/** Whether a request's `accept` names server-sent events. Such requests are watched over while they are open, see `http/app.ts`. */
export function asksForEventStream(accept: string | null | undefined): boolean {
  return accept?.includes("text/event-stream") ?? false;
}

/** A subscription over HTTP is for those who ask for its media type: Yoga would also start an endless answer for whoever accepts anything. */
export const onlyAskedForEventStreams: Plugin<{ request?: Request }> = {
  onSubscribe({ args, setResultAndStopExecution }) {
    const { request } = args.contextValue;
    // There is no request on a WebSocket.
    if (request === undefined || asksForEventStream(request.headers.get("accept"))) return;
    const message = "A subscription needs the header accept: text/event-stream, or a WebSocket.";
    const error = new GraphQLError(message, { extensions: { code: "NOT_ACCEPTABLE", http: { status: 406 } } });
    setResultAndStopExecution({ errors: [error] });
  },
};
