import { createContext, useCallback, useContext, useEffect, useState } from "react";
import { readSession, type SignedInUser } from "./account-api.ts";

export type Session =
  | { readonly state: "unknown" }
  | {
      readonly state: "signedOut";
      /** Whether somebody was signed in here before. */
      readonly hasEnded: boolean;
    }
  | {
      readonly state: "signedIn";
      readonly user: SignedInUser;
      /** Another one for every session: what was connected with an earlier one is not used on. */
      readonly number: number;
    };

export interface SessionControl {
  readonly session: Session;
  /** Asks the server who is signed in. */
  readonly check: () => void;
  /** Forgets who was signed in, after signing out. */
  readonly end: () => void;
}

const SessionContext = createContext<SessionControl | null>(null);

export const SessionProvider = SessionContext.Provider;

export function useSession(): SessionControl {
  const control = useContext(SessionContext);
  if (control === null) throw new Error("useSession is used outside of a SessionProvider");
  return control;
}

/** The browser's session, which only the server knows: the cookie is out of this page's reach. */
export function useSessionControl(): SessionControl {
  const [session, setSession] = useState<Session>({ state: "unknown" });

  const check = useCallback(() => {
    void readSession().then((answer) =>
      setSession((before) => {
        // Whether somebody is signed in is not known while the server cannot be asked: what is shown stays.
        if (!answer.ok && before.state === "signedIn") return before;
        const user = answer.ok ? answer.data.user : null;
        if (user !== null)
          return { state: "signedIn", user, number: before.state === "signedIn" ? before.number + 1 : 1 };
        return {
          state: "signedOut",
          hasEnded: before.state === "signedIn" || (before.state === "signedOut" && before.hasEnded),
        };
      }),
    );
  }, []);
  const end = useCallback(() => setSession({ state: "signedOut", hasEnded: false }), []);

  useEffect(check, [check]);
  return { session, check, end };
}
