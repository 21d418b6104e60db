import { useCallback, useEffect, useMemo, useState } from "react";
import { Provider as QueryProvider } from "urql";
import { createApiClient } from "./graphql/client.ts";
import { LiveConnectionProvider } from "./graphql/live-connection-context.ts";
import { InvitationPage } from "./pages/invitation/invitation-page.tsx";
import { OverviewPage } from "./pages/overview/overview-page.tsx";
import { SignInPage } from "./pages/sign-in/sign-in-page.tsx";
import { signOut } from "./session/account-api.ts";
import { useSession } from "./session/use-session.ts";

const invitationPath = "/invitation";

export function App() {
  const { session, check, end } = useSession();
  const [isInvitation, setIsInvitation] = useState(() => window.location.pathname === invitationPath);
  const leave = useCallback(() => void signOut().then(end), [end]);

  if (session.state === "unknown") return null;
  const user = session.state === "signedIn" ? session.user : null;
  if (isInvitation) {
    const accepted = () => {
      // The secret has been used, and does not belong into the history.
      window.history.replaceState(null, "", "/");
      setIsInvitation(false);
      check();
    };
    return <InvitationPage user={user} onSessionChanged={check} onAccepted={accepted} />;
  }
  if (session.state === "signedOut") return <SignInPage hasEnded={session.hasEnded} onSignedIn={check} />;
  return <SignedIn key={session.number} onSignOut={leave} onUnauthenticated={check} />;
}

function SignedIn({ onSignOut, onUnauthenticated }: { onSignOut: () => void; onUnauthenticated: () => void }) {
  const client = useMemo(() => createApiClient(onUnauthenticated), [onUnauthenticated]);
  useEffect(() => () => client.live.close(), [client]);
  return (
    <QueryProvider value={client.queries}>
      <LiveConnectionProvider value={client.live}>
        <OverviewPage onSignOut={onSignOut} />
      </LiveConnectionProvider>
    </QueryProvider>
  );
}
