import { CREDENTIAL_MARKER } from "@vera-qr/templates";
import type { AttemptResult } from "../domain/outcome.ts";
import type { ReceiverLogin } from "../domain/receiver-login.ts";
import { hideSecrets } from "./hide-secrets.ts";
import type { OutgoingRequest, Sender } from "./send.ts";
import type { SendWithToken } from "./send-with-token.ts";

/** Sends a request of a webhook that logs in at its receiver. Headers that are the same for every request, and the body's credential, are in it already. */
export type SendWithLogin = (request: OutgoingRequest, login: ReceiverLogin) => Promise<AttemptResult>;

export function createSendWithLogin(deps: {
  readonly sender: Pick<Sender, "send">;
  readonly sendWithToken: SendWithToken;
}): SendWithLogin {
  return async (request, { oauth, identity, secrets }) => {
    const identified = { ...request, identity };
    if (oauth !== null) return await deps.sendWithToken(identified, oauth, identity);
    return hideSecrets(await deps.sender.send(identified), secrets);
  };
}

/** The bytes that go on the wire: with the credential where the stored body has its marker. */
export function withCredential(body: Buffer, login: ReceiverLogin | null): Buffer {
  const credential = login?.bodyCredential ?? null;
  if (credential === null || !body.includes(CREDENTIAL_MARKER)) return body;
  return Buffer.from(body.toString("utf8").replaceAll(CREDENTIAL_MARKER, () => credential));
}

/** Headers as the log has them, with the one that an access token is sent in. */
export function withLoggedLogin(loggedHeaders: string, login: ReceiverLogin | null): string {
  return login === null || login.oauth === null
    ? loggedHeaders
    : `${loggedHeaders.slice(0, -1)},"Authorization":"[redacted]"}`;
}
