import { persistedExchange } from "@urql/exchange-persisted";
import { Client, cacheExchange, fetchExchange, mapExchange } from "urql";
import { documentHash } from "./document-payload.ts";
import { isOutdated, reloadOutdatedPage } from "./reload-outdated-page.ts";

/** What reads and writes over HTTP, for one person; `onUnauthenticated` is called when the server says that the session has ended. */
export function createApiClient(onUnauthenticated: () => void): Client {
  return new Client({
    url: "/graphql",
    preferGetMethod: false,
    fetchOptions: {
      credentials: "same-origin",
      // Without urql's text/event-stream: each request would count as one of the few streams that a person may have open.
      headers: { accept: "application/graphql-response+json, application/json" },
    },
    exchanges: [
      mapExchange({
        // An answer that was refused as a whole has null, which the types do not know of: nothing was read.
        onResult: (result) => ({ ...result, data: result.data ?? undefined }),
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
        preferGetForPersistedQueries: false,
      }),
      fetchExchange,
    ],
  });
}
