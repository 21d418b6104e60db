import { type AddressGuardOptions, createAddressGuard } from "../../src/dispatcher/address-guard.ts";
import { createSender, type OutgoingRequest, type Sender, type SenderOptions } from "../../src/dispatcher/send.ts";

const LOOPBACK_ALLOWED: AddressGuardOptions = {
  allowedPrivateCidrs: ["127.0.0.0/8", "::1/128"],
  allowHttp: true,
  ownOrigin: "http://127.0.0.1:4000",
  ownReceiverPath: null,
};

/** A sender that may reach loopback, unless `guard` says otherwise. */
export function createTestSender(
  options: { guard?: Partial<AddressGuardOptions> } & Partial<Omit<SenderOptions, "guard">> = {},
): Sender {
  const { guard, ...rest } = options;
  return createSender({
    connectionsPerOrigin: 100,
    ...rest,
    guard: createAddressGuard({ ...LOOPBACK_ALLOWED, ...guard }),
  });
}

export function aRequest(url: string, overrides: Partial<OutgoingRequest> = {}): OutgoingRequest {
  return {
    url: new URL(url),
    path: null,
    method: "POST",
    headers: ["Content-Type", "application/json"],
    body: Buffer.from('{"event":"order.created"}'),
    deadlineMs: 5_000,
    ...overrides,
  };
}
