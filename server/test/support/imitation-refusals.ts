import type { ImitatedRequest } from "../../src/receiver/imitations/imitation.ts";
import { NOW, TOKENS } from "./template-request.ts";

// biome-ignore lint/suspicious/noExplicitAny: what a template sends
type AnyJson = any;

type Change = (request: ImitatedRequest) => ImitatedRequest;

const header =
  (name: string, value: string | undefined): Change =>
  (request) => ({
    ...request,
    headers: Object.fromEntries(
      Object.entries({ ...request.headers, [name]: value }).filter(
        (entry): entry is [string, string] => entry[1] !== undefined,
      ),
    ),
  });
const text =
  (body: string): Change =>
  (request) => ({ ...request, body });
/** Changes the body's JSON. */
const body =
  (change: (body: AnyJson) => unknown): Change =>
  (request) => {
    const value = JSON.parse(request.body);
    return { ...request, body: JSON.stringify(change(value) ?? value) };
  };
const path =
  (from: string | RegExp, to: string): Change =>
  (request) => ({ ...request, path: request.path.replace(from, to) });
const method =
  (name: string): Change =>
  (request) => ({ ...request, method: name });
const query =
  (name: string): Change =>
  (request) => ({ ...request, query: new URLSearchParams([...request.query].filter(([key]) => key !== name)) });

const EXPIRED = TOKENS.issue(NOW - 3_600_000);

/** What each vendor refuses of what a template might send, and how it says so. */
export const REFUSALS: Readonly<
  Record<string, readonly (readonly [what: string, change: Change, status: number, says: string])[]>
> = {
  salesforce: [
    ["without a token", header("authorization", undefined), 401, "INVALID_SESSION_ID"],
    ["with a token that has ended", header("authorization", `Bearer ${EXPIRED}`), 401, "INVALID_SESSION_ID"],
    [
      "with somebody else's token",
      header("authorization", "Bearer 00D!AQ.invented.token.x"),
      401,
      "INVALID_SESSION_ID",
    ],
    ["of another scheme", header("authorization", `Basic ${TOKENS.issue(NOW)}`), 401, "INVALID_SESSION_ID"],
    ["for an object that there is not", path("Order__c", "Orders__c"), 404, "NOT_FOUND"],
    ["by PUT", method("PUT"), 405, "METHOD_NOT_ALLOWED"],
    ["that is no JSON by its header", header("content-type", "text/plain"), 415, "UNSUPPORTED_MEDIA_TYPE"],
    ["that is no JSON", text("{"), 400, "JSON_PARSER_ERROR"],
    ["with an unknown field", body((record) => ({ ...record, Total__c: 1 })), 400, "No such column 'Total__c'"],
    ["without a name", body(({ Name: _, ...record }) => record), 400, "REQUIRED_FIELD_MISSING"],
    ["with a null for the name", body((record) => ({ ...record, Name: null })), 400, "REQUIRED_FIELD_MISSING"],
    ["with a longer name", body((record) => ({ ...record, Name: "x".repeat(81) })), 400, "STRING_TOO_LONG"],
    ["with text for the amount", body((record) => ({ ...record, Amount__c: "179.80" })), 400, "JSON_PARSER_ERROR"],
    ["with a number for text", body((record) => ({ ...record, Customer_Name__c: 1 })), 400, "JSON_PARSER_ERROR"],
    [
      "with a status that is not in the picklist",
      body((record) => ({ ...record, Status__c: "pending" })),
      400,
      "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
    ],
  ],
  "salesforce-upsert": [
    ["by POST", method("POST"), 405, "METHOD_NOT_ALLOWED"],
    ["by a field that is no external id", path("External_Id__c", "Amount__c"), 404, "NOT_FOUND"],
    ["with the external id in the body", body((record) => ({ ...record, External_Id__c: "1" })), 400, "INVALID_FIELD"],
    ["with a longer external id", path(/[^/]+$/, "x".repeat(256)), 400, "STRING_TOO_LONG"],
    ["with an order number that makes two segments", path(/[^/]+$/, "ORD/1"), 404, "NOT_FOUND"],
    ["without a name for a new record", body(({ Name: _, ...record }) => record), 400, "REQUIRED_FIELD_MISSING"],
  ],
  hubspot: [
    ["without a token", header("authorization", undefined), 401, "INVALID_AUTHENTICATION"],
    ["for another object", path("deals", "orders"), 404, "resource not found"],
    ["by PATCH", method("PATCH"), 405, "Method Not Allowed"],
    ["that is no JSON by its header", header("content-type", "text/plain"), 415, "Unsupported Media Type"],
    ["that is no JSON", text("deal"), 400, "VALIDATION_ERROR"],
    ["without properties", body(() => ({ dealname: "x" })), 400, "VALIDATION_ERROR"],
    [
      "with a number for the amount",
      body(({ properties }) => ({ properties: { ...properties, amount: 179.8 } })),
      400,
      "java.lang.String",
    ],
    [
      "with an amount that is no number",
      body(({ properties }) => ({ properties: { ...properties, amount: "179,80" } })),
      400,
      "INVALID_DOUBLE",
    ],
    [
      "with an unknown property",
      body(({ properties }) => ({ properties: { ...properties, table: "1" } })),
      400,
      "PROPERTY_DOESNT_EXIST",
    ],
    [
      "with an unknown stage",
      body(({ properties }) => ({ properties: { ...properties, dealstage: "Pending" } })),
      400,
      "INVALID_OPTION",
    ],
    [
      "with a value that is too long",
      body(({ properties }) => ({ properties: { ...properties, dealname: "x".repeat(65_537) } })),
      400,
      "PROPERTY_VALUE_TOO_LONG",
    ],
  ],
  zoho: [
    ["without a token", header("authorization", undefined), 401, "AUTHENTICATION_FAILURE"],
    ["with the scheme Bearer", header("authorization", `Bearer ${TOKENS.issue(NOW)}`), 401, "AUTHENTICATION_FAILURE"],
    ["with a token that has ended", header("authorization", `Zoho-oauthtoken ${EXPIRED}`), 401, "INVALID_TOKEN"],
    ["for another module", path("Deals", "Orders"), 404, "INVALID_URL_PATTERN"],
    ["by PATCH", method("PATCH"), 400, "INVALID_REQUEST_METHOD"],
    ["that is no JSON", text("[]"), 400, "INVALID_DATA"],
    ["without data", body(() => ({ Deal_Name: "x" })), 400, "MANDATORY_NOT_FOUND"],
    ["with a record in place of a list", body(({ data }) => ({ data: data[0] })), 400, "jsonarray"],
    ["with more than 100 records", body(({ data }) => ({ data: Array(101).fill(data[0]) })), 400, "maximum_length"],
    [
      "of a record without a name",
      body(({ data }) => ({ data: [{ ...data[0], Deal_Name: null }] })),
      202,
      "MANDATORY_NOT_FOUND",
    ],
    [
      "of a record without a stage",
      body(({ data }) => ({ data: [{ ...data[0], Stage: undefined }] })),
      202,
      "MANDATORY_NOT_FOUND",
    ],
    [
      "of a record with a longer name",
      body(({ data }) => ({ data: [{ ...data[0], Deal_Name: "x".repeat(121) }] })),
      202,
      '"maximum_length":120',
    ],
    [
      "of a record with a number for a name",
      body(({ data }) => ({ data: [{ ...data[0], Deal_Name: 7 }] })),
      202,
      "INVALID_DATA",
    ],
    [
      "of a record with a stage that there is not",
      body(({ data }) => ({ data: [{ ...data[0], Stage: "Pending" }] })),
      202,
      "picklist",
    ],
    [
      "of a record with text for the amount",
      body(({ data }) => ({ data: [{ ...data[0], Amount: "179.80" }] })),
      202,
      "double",
    ],
    ["of a text for a record", body(() => ({ data: ["deal"] })), 202, "jsonobject"],
    [
      "of two records of which one is refused",
      body(({ data }) => ({ data: [data[0], {}] })),
      207,
      "MANDATORY_NOT_FOUND",
    ],
  ],
  pipedrive: [
    ["without a token", header("x-api-token", undefined), 401, "unauthorized access"],
    ["for the API's version 1", path("/api/v2/", "/v1/"), 404, "Unknown method"],
    ["by PUT", method("PUT"), 405, "Method not allowed"],
    ["that is no JSON by its header", header("content-type", "text/plain"), 415, "Unsupported Media Type"],
    ["that is no JSON", text(""), 400, "Invalid JSON"],
    ["without a title", body(({ title: _, ...deal }) => deal), 400, "title: is required"],
    ["with a longer title", body((deal) => ({ ...deal, title: "x".repeat(256) })), 400, "title"],
    [
      "with text for the value, as in version 1",
      body((deal) => ({ ...deal, value: "179.80" })),
      400,
      "value: must be a number",
    ],
    ["with a currency that there is not", body((deal) => ({ ...deal, currency: "TL" })), 400, "currency"],
    ["with an unknown field", body((deal) => ({ ...deal, customer: "x" })), 400, "customer: is not allowed"],
  ],
  odoo: [
    ["for another path", path("/jsonrpc", "/web/jsonrpc"), 404, "Not Found"],
    ["by PUT", method("PUT"), 405, "Method Not Allowed"],
    ["that is no JSON by its header", header("content-type", "text/plain"), 400, "Invalid JSON"],
    ["that is no JSON", text("{"), 400, "Invalid JSON"],
    [
      "of another service",
      body(({ params, ...call }) => ({ ...call, params: { ...params, service: "db" } })),
      200,
      "NameError",
    ],
    ["with too few arguments", argument((args) => args.slice(0, 5)), 200, "TypeError"],
    ["with text for the user", argument((args) => args.with(1, "admin")), 200, "AccessDenied"],
    ["without a key", argument((args) => args.with(2, "")), 200, "AccessDenied"],
    ["with the key's placeholder", argument((args) => args.with(2, "__VERA_QR_CREDENTIAL__")), 200, "AccessDenied"],
    ["for a model that there is not", argument((args) => args.with(3, "crm.order")), 200, "doesn't exist"],
    ["with another method", argument((args) => args.with(4, "insert")), 200, "AttributeError"],
    ["without a record", argument((args) => args.with(5, [])), 200, "TypeError"],
    [
      "with an unknown field",
      argument((args) => args.with(5, [{ name: "x", total: 1 }])),
      200,
      "Invalid field 'total'",
    ],
    ["without a name", argument((args) => args.with(5, [{ type: "lead" }])), 200, "mandatory field"],
    [
      "with text for the revenue",
      argument((args) => args.with(5, [{ name: "x", expected_revenue: "1" }])),
      200,
      "could not convert",
    ],
    ["with a number for text", argument((args) => args.with(5, [{ name: "x", contact_name: 1 }])), 200, "Wrong value"],
    ["with an unknown type", argument((args) => args.with(5, [{ name: "x", type: "order" }])), 200, "Wrong value"],
  ],
  "odoo-json2": [
    ["without a key", header("authorization", undefined), 401, "Invalid apikey"],
    ["without a database", header("x-odoo-database", undefined), 404, "No database"],
    ["for another path", path("/json/2/", "/json/1/"), 404, "NotFound"],
    ["by PUT", method("PUT"), 405, "MethodNotAllowed"],
    ["that is no JSON by its header", header("content-type", "text/plain"), 415, "UnsupportedMediaType"],
    ["that is no JSON", text("[]"), 400, "BadRequest"],
    ["for a model that there is not", path("crm.lead", "crm.order"), 404, "crm.order"],
    ["with another method", path(/create$/, "insert"), 404, "insert"],
    [
      "with an argument that there is not",
      body((args) => ({ ...args, vals: {} })),
      422,
      "unexpected keyword argument 'vals'",
    ],
    ["with one record in place of a list", body((args) => ({ vals_list: args.vals_list[0] })), 422, "vals_list"],
    ["with an unknown field", body(() => ({ vals_list: [{ name: "x", total: 1 }] })), 422, "Invalid field 'total'"],
  ],
  slack: [
    ["for a hook that there is not", path(/\/[^/]+$/, ""), 404, "no_service"],
    ["by PUT", method("PUT"), 405, "method_not_allowed"],
    ["that is no JSON by its header", header("content-type", "text/plain"), 400, "invalid_payload"],
    ["that is no JSON", text("hello"), 400, "invalid_payload"],
    ["with a number for text", body(() => ({ text: 1 })), 400, "invalid_payload"],
    ["without text", body(() => ({ unfurl_links: false })), 400, "no_text"],
    ["with empty text", body(() => ({ text: "" })), 400, "no_text"],
    ["with longer text", body(() => ({ text: "x".repeat(40_001) })), 400, "msg_too_long"],
    ["with blocks that are no list", body(() => ({ text: "x", blocks: {} })), 400, "invalid_blocks"],
    ["with more than 50 blocks", body(() => ({ blocks: Array(51).fill({ type: "divider" }) })), 400, "invalid_blocks"],
    [
      "with a longer section",
      body(() => ({ blocks: [{ type: "section", text: { type: "mrkdwn", text: "x".repeat(3001) } }] })),
      400,
      "invalid_blocks",
    ],
  ],
  teams: [
    ["for another path", path("/invoke", "/run"), 404, "ResourceNotFound"],
    ["without its signature in the URL", query("sig"), 401, "DirectApiAuthorizationRequired"],
    ["by PUT", method("PUT"), 405, "TriggerRequestMethodNotValid"],
    [
      "of more than 28 KB",
      body((message) => ({ ...message, summary: "x".repeat(28 * 1024) })),
      413,
      "RequestEntityTooLarge",
    ],
    ["that is no JSON", text("hello"), 400, "InvalidRequestContent"],
    [
      "of the retired kind MessageCard",
      body(() => ({ "@type": "MessageCard", text: "x" })),
      400,
      "type: must be message",
    ],
    ["without a card", body(() => ({ type: "message", attachments: [] })), 400, "attachments"],
    [
      "with another kind of attachment",
      card((attachment) => ({ ...attachment, contentType: "text/html" })),
      400,
      "contentType",
    ],
    ["with content that is no card", card((attachment) => ({ ...attachment, content: {} })), 400, "AdaptiveCard"],
    [
      "with a later version of cards",
      card(({ content, ...rest }) => ({ ...rest, content: { ...content, version: "1.6" } })),
      400,
      "version",
    ],
    [
      "with an unknown element",
      card(({ content, ...rest }) => ({ ...rest, content: { ...content, body: [{ type: "Text" }] } })),
      400,
      "no element",
    ],
    [
      "with an element without its text",
      card(({ content, ...rest }) => ({ ...rest, content: { ...content, body: [{ type: "TextBlock", text: null }] } })),
      400,
      "needs text",
    ],
  ],
  "google-chat": [
    ["for another path", path("/messages", "/message"), 404, "NOT_FOUND"],
    ["without its key in the URL", query("key"), 403, "PERMISSION_DENIED"],
    ["without its token in the URL", query("token"), 401, "UNAUTHENTICATED"],
    ["that is no JSON", text("hello"), 400, "Invalid JSON payload"],
    ["with an unknown field", body((message) => ({ ...message, content: "x" })), 400, "Unknown name"],
    [
      "with an unknown widget",
      body(() => ({ cardsV2: [{ card: { sections: [{ widgets: [{ paragraph: {} }] }] } }] })),
      400,
      "widgets[0]",
    ],
    ["with a number for text", body(() => ({ text: 1 })), 400, "Invalid value at 'message.text'"],
    ["without text and card", body(() => ({ fallbackText: "x" })), 400, "empty"],
    ["of more than 32,000 bytes", body(() => ({ text: "ğ".repeat(16_000) })), 400, "too long"],
  ],
  discord: [
    ["for a hook that there is not", path(/\/[^/]+$/, ""), 404, "Unknown Webhook"],
    ["by PUT", method("PUT"), 405, "Method Not Allowed"],
    ["that is no JSON", text("hello"), 400, "50109"],
    ["without content", body(({ content: _, ...message }) => message), 400, "50006"],
    ["with a number for content", body((message) => ({ ...message, content: 1 })), 400, "STRING_TYPE_CONVERT"],
    [
      "with longer content",
      body((message) => ({ ...message, content: "x".repeat(2001) })),
      400,
      "BASE_TYPE_MAX_LENGTH",
    ],
    [
      "with mentions that there are not",
      body((message) => ({ ...message, allowed_mentions: { parse: ["here"] } })),
      400,
      "BASE_TYPE_CHOICES",
    ],
    ["with a flag that only Discord sets", body((message) => ({ ...message, flags: 1 })), 400, "MESSAGE_FLAGS_INVALID"],
    ["with more than 10 embeds", body((message) => ({ ...message, embeds: Array(11).fill({}) })), 400, "embeds"],
  ],
  zapier: [
    ["for a hook that there is not", path(/catch\/\d+/, "catch/x"), 404, "Not Found"],
    ["that is no JSON", text("hello"), 400, "Invalid JSON"],
  ],
  make: [
    ["for a hook that there is not", path(/$/, "/more"), 404, "Not Found"],
    ["that is no JSON", text("hello"), 400, "Invalid JSON"],
  ],
  n8n: [
    ["for the test URL", path("/webhook/", "/webhook-test/"), 404, "not registered"],
    ["by PUT", method("PUT"), 404, "not registered"],
    ["that is no JSON", text("hello"), 422, "Failed to parse"],
  ],
  custom: [["that is no JSON", text("hello"), 400, "not JSON"]],
};

function argument(change: (args: AnyJson[]) => unknown): Change {
  return body(({ params, ...call }) => ({ ...call, params: { ...params, args: change(params.args) } }));
}

function card(change: (attachment: AnyJson) => unknown): Change {
  return body((message) => ({ ...message, attachments: message.attachments.map(change) }));
}
