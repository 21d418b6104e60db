import type { FirstSignIn } from "./first-sign-in.ts";
import type { ReadyMadeOrganization } from "./first-steps.ts";

export interface BannerInput {
  readonly origin: string;
  readonly isProduction: boolean;
  readonly databaseDescription: string;
  readonly signIn: FirstSignIn;
  /** Null when the key exists but is not known here (it was printed at the first start). */
  readonly operatorKey: string | null;
  readonly readyMade: ReadyMadeOrganization | null;
}

/** What a person sees when the service has started. */
export function banner(input: BannerInput): string {
  const { origin, readyMade, signIn } = input;
  const lines = [
    "",
    "VERA-QR Webhooks is running",
    `  Dashboard      ${origin}/`,
    `  Sign in        ${signIn.email}`,
    `  Password       ${signIn.password ?? "(shown or set at the first start)"}`,
    `  GraphQL        ${origin}/graphql   (GraphiQL in a browser)`,
    `  Health         ${origin}/healthz  ${origin}/readyz  ${origin}/metrics`,
    `  Database       ${input.databaseDescription}`,
    `  Operator key   ${input.operatorKey ?? "(shown once, at the first start)"}`,
  ];
  if (!input.isProduction) {
    lines.push(
      "  Mode           development: http and loopback receivers are allowed (NODE_ENV=production refuses both)",
    );
  }
  if (readyMade !== null) {
    lines.push(
      `  Test receiver  ${readyMade.receiverUrl}`,
      "",
      "Publish an order:",
      "",
      publishCommand(input, readyMade),
    );
  }
  return `${lines.join("\n")}\n\n`;
}

function publishCommand({ origin, operatorKey }: BannerInput, { organizationId }: ReadyMadeOrganization): string {
  const body = {
    query:
      "mutation ($input: PublishOrderEventInput!) { publishOrderEvent(input: $input) { event { id } deliveryCount duplicate errors { code field message } } }",
    variables: {
      input: {
        organizationId,
        event: "ORDER_CREATED",
        metadata: { table_number: "12" },
        order: {
          id: "0191d1a0-0000-7000-8000-000000000002",
          orderNumber: "ORD-20240102-1234",
          items: [
            {
              menuItemId: "0191d1a0-0000-7000-8000-000000000003",
              name: "Margherita Pizza",
              quantity: 2,
              price: 89.9,
              notes: "Extra peynir",
            },
          ],
          totalAmount: 179.8,
          status: "pending",
          customerName: "Ahmet Yılmaz",
          customerNotes: "Acele etmeyin",
          tableId: "0191d1a0-0000-7000-8000-000000000004",
          createdAt: "2024-01-02T10:30:00Z",
        },
      },
    },
  };
  return [
    `curl -s ${origin}/graphql \\`,
    "  -H 'content-type: application/json' \\",
    `  -H 'authorization: Bearer ${operatorKey ?? "<operator key>"}' \\`,
    `  -d '${JSON.stringify(body)}'`,
  ].join("\n");
}
