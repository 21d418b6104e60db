import { persistedExchange } from "@urql/exchange-persisted";
import { Client, cacheExchange, fetchExchange, mapExchange, subscriptionExchange } from "urql";
import { documentHash } from "./document-payload.ts";
import { createLiveConnection, type LiveConnection } from "./live-connection.ts";
import { isOutdated, reloadOutdatedPage } from "./reload-outdated-page.ts";

export interface ApiClient {
  readonly queries: Client;
  readonly live: LiveConnection;
}

/** One client per session; `onUnauthenticated` is called when the server says that it has ended. */
export function createApiClient(onUnauthenticated: () => void): ApiClient {
  const live = createLiveConnection({ url: socketUrl(), onUnauthenticated });
  const queries = new Client({
    url: "/graphql",
    preferGetMethod: false,
    fetchOptions: { credentials: "same-origin" },
    exchanges: [
      mapExchange({
        onError: (error) => {
          const isRefused =
            error.response?.status === 401 ||
            error.graphQLErrors.some((problem) => problem.extensions["code"] === "UNAUTHENTICATED");
          if (isRefused) onUnauthenticated();
          else if (isOutdated(error.graphQLErrors)) reloadOutdatedPage();
        },
      }),
      cacheExchange,
      persistedExchange({
        generateHash: async (_text, document) => documentHash(document),
        enforcePersistedQueries: true,
        enableForMutation: true,
        enableForSubscriptions: true,
        preferGetForPersistedQueries: false,
      }),
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: (request) => ({
          subscribe: (sink) => ({
            unsubscribe: live.follow({
              document: { query: request.query ?? "", extensions: request.extensions },
              variables: () => request.variables ?? {},
              onResult: sink.next,
            }),
          }),
        }),
      }),
    ],
  });
  return { queries, live };
}

function socketUrl(): string {
  const url = new URL("/graphql", window.location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
}
