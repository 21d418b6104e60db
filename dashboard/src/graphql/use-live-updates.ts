import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { useEffect, useEffectEvent } from "react";
import { documentPayload } from "./document-payload.ts";
import { useLiveConnection } from "./live-connection-context.ts";

/**
 * Follows a subscription while the component is shown, over lost connections. `variables` are read at every
 * (re)subscription, so that one with a cursor resumes where it was; it starts anew when `key` changes.
 */
export function useLiveUpdates<Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  key: string,
  variables: () => Variables,
  onUpdate: (data: Data) => void,
): void {
  const live = useLiveConnection();
  const readVariables = useEffectEvent(variables);
  const update = useEffectEvent(onUpdate);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says when it is another subscription
  useEffect(
    () =>
      live.follow({
        document: documentPayload(document),
        variables: () => readVariables(),
        onResult: ({ data }) => {
          if (data != null) update(data as Data);
        },
      }),
    [live, document, key],
  );
}
