import { useEffect, useMemo, useState } from "react";
import { useIntl } from "react-intl";
import { Provider as QueryProvider, useQuery } from "urql";
import { ErrorState, LoadingState } from "../components/list-states.tsx";
import { createApiClient } from "../graphql/client.ts";
import { createLiveConnection } from "../graphql/live-connection.ts";
import { LiveConnectionProvider, useLiveConnection } from "../graphql/live-connection-context.ts";
import { useSession } from "../session/use-session.ts";
import { Viewer_Viewer, type ViewerData, ViewerProvider } from "../session/viewer.ts";
import { AppShell } from "./app-shell.tsx";

/** Everything that belongs to one session: its clients, who it is, and the pages. */
export function SignedIn() {
  const { session } = useSession();
  // For a moment only: the router leads on to the sign-in page.
  if (session.state !== "signedIn") return null;
  return <SessionClients key={session.user.id} number={session.number} />;
}

/**
 * When the same person gets another session, as after a change of the password, what is shown and half filled in stays,
 * and only the connection is made anew.
 */
function SessionClients({ number }: { number: number }) {
  const { check } = useSession();
  const client = useMemo(() => createApiClient(check), [check]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the connection of an earlier session is closed for good
  const live = useMemo(() => createLiveConnection(check), [check, number]);
  useEffect(() => () => live.close(), [live]);
  return (
    <QueryProvider value={client}>
      <LiveConnectionProvider value={live}>
        <ViewerScope />
      </LiveConnectionProvider>
    </QueryProvider>
  );
}

function ViewerScope() {
  const intl = useIntl();
  const [{ data, error }, query] = useQuery({ query: Viewer_Viewer });
  const live = useLiveConnection();
  // Another role, an organization more or less: the server ends the connection then, and what it was before may be out of date after every other end.
  useEffect(() => live.onReconnected(() => query({ requestPolicy: "network-only" })), [live, query]);
  // What was known stays while the server cannot be asked again.
  const [viewer, setViewer] = useState<ViewerData | null>(null);
  if (data != null && data.viewer !== viewer) setViewer(data.viewer);
  const value = useMemo(
    () => (viewer === null ? null : { viewer, reload: () => query({ requestPolicy: "network-only" }) }),
    [viewer, query],
  );
  if (value !== null) {
    return (
      <ViewerProvider value={value}>
        <AppShell />
      </ViewerProvider>
    );
  }
  if (error === undefined) return <LoadingState label={intl.formatMessage({ id: "loading" })} />;
  return <ErrorState error={error} onRetry={() => query({ requestPolicy: "network-only" })} />;
}
