import { FormattedMessage } from "react-intl";
import type { MessageId } from "../../i18n/en.ts";
import { SignInForm } from "../../session/sign-in-form.tsx";
import { useSession } from "../../session/use-session.ts";
import { pathWithinSite } from "../../url/path-within-site.ts";
import { signInRoute } from "./sign-in-route.ts";

/** Why the identity provider's answer let nobody in, as far as people can do something about it. */
const OIDC_PROBLEMS: Readonly<Record<string, MessageId>> = {
  not_invited: "signIn.notInvited",
  email_not_verified: "signIn.emailNotVerified",
  access_denied: "signIn.oidcDenied",
};

/** Leads, once somebody has signed in, to the address that was asked for: the route does that. */
export function SignInPage() {
  const { error, returnTo } = signInRoute.useSearch();
  const { session, check } = useSession();
  const hasEnded = session.state === "signedOut" && session.hasEnded;
  const problemId: MessageId | null =
    error !== undefined ? (OIDC_PROBLEMS[error] ?? "signIn.oidcFailed") : hasEnded ? "signIn.ended" : null;
  return (
    <SignInForm
      problem={problemId && <FormattedMessage id={problemId} />}
      returnTo={pathWithinSite(returnTo) ?? "/"}
      onSignedIn={check}
    />
  );
}
