import { useCallback, useMemo, useState } from "react";
import { Provider as QueryProvider } from "urql";
import { createApiClient } from "./graphql/client.ts";
import { LiveConnectionProvider } from "./graphql/live-connection-context.ts";
import { OverviewPage } from "./pages/overview/overview-page.tsx";
import { SignInPage } from "./pages/sign-in/sign-in-page.tsx";
import { forgetApiKey, readApiKey, storeApiKey } from "./session/api-key-storage.ts";

export function App() {
  const [apiKey, setApiKey] = useState(readApiKey);
  const [hasEnded, setHasEnded] = useState(false);

  const signIn = (key: string) => {
    storeApiKey(key);
    setHasEnded(false);
    setApiKey(key);
  };
  const signOut = useCallback(() => {
    forgetApiKey();
    setApiKey(null);
  }, []);
  const endSession = useCallback(() => {
    setHasEnded(true);
    signOut();
  }, [signOut]);

  if (apiKey === null) return <SignInPage hasEnded={hasEnded} onSignIn={signIn} />;
  return <SignedIn key={apiKey} apiKey={apiKey} onSignOut={signOut} onUnauthenticated={endSession} />;
}

function SignedIn({
  apiKey,
  onSignOut,
  onUnauthenticated,
}: {
  apiKey: string;
  onSignOut: () => void;
  onUnauthenticated: () => void;
}) {
  const client = useMemo(() => createApiClient(apiKey, onUnauthenticated), [apiKey, onUnauthenticated]);
  return (
    <QueryProvider value={client.queries}>
      <LiveConnectionProvider value={client.live}>
        <OverviewPage onSignOut={onSignOut} />
      </LiveConnectionProvider>
    </QueryProvider>
  );
}
