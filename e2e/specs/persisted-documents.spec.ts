import { expect, test } from "../fixtures/test.ts";

/** What the dashboard sent for an operation, over HTTP or as a message of its WebSocket. */
interface Sent {
  readonly query?: string;
  readonly extensions?: { readonly persistedQuery?: { readonly sha256Hash?: string } };
}

test("the dashboard names its documents by their hashes, and asks for nothing that its build does not hold", async ({
  api,
  overview,
}) => {
  const sent: Sent[] = [];
  overview.page.on("websocket", (socket) =>
    socket.on("framesent", ({ payload }) => {
      const message: { type: string; payload: Sent } = JSON.parse(String(payload));
      if (message.type === "subscribe") sent.push(message.payload);
    }),
  );
  const organization = await api.createOrganization("Özet Lokantası", "CRM");
  await overview.signIn(organization.id);
  overview.page.on("request", (request) => {
    if (request.url().endsWith("/graphql") && request.method() === "POST") sent.push(request.postDataJSON());
  });
  await overview.page.reload();
  await api.publishOrder(organization.id, "ORD-BY-HASH");
  await expect(overview.row("ORD-BY-HASH")).toContainText("Delivered");
  await overview.open("ORD-BY-HASH");
  await expect(overview.details("ORD-BY-HASH").getByText("The receiver accepted it.").first()).toBeVisible();

  const manifest: Record<string, string> = await (
    await overview.page.request.get(new URL("/persisted-documents.json", overview.page.url()).href)
  ).json();
  const operations = sent.map(({ query, extensions }) => ({
    query: query ?? "",
    isInManifest: (extensions?.persistedQuery?.sha256Hash ?? "") in manifest,
  }));
  expect(operations.length).toBeGreaterThan(4);
  expect(operations.filter(({ query, isInManifest }) => query !== "" || !isInManifest)).toEqual([]);
});
