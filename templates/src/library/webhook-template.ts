/** What kind of system a template connects. */
export const TEMPLATE_CATEGORIES = ["crm", "chat", "erp", "automation", "custom"] as const;
export type TemplateCategory = (typeof TEMPLATE_CATEGORIES)[number];

/** Something that a person enters to make a webhook from a template. */
export interface TemplateInput {
  /** Names it in `<key>`. */
  readonly key: string;
  /** For people, in English; so are the further words. */
  readonly label: string;
  /** Where it is found. */
  readonly description: string;
  /** What one looks like. It fits the pattern, and stands in for what is not entered for an imitation. */
  readonly placeholder: string;
  /** A regular expression that the whole value matches; nothing that fits can change what surrounds it. */
  readonly pattern: string;
  /** Whether it is kept encrypted and never shown again. */
  readonly isSecret: boolean;
  /** Whether it must be entered. */
  readonly isRequired: boolean;
  /** The only values that are possible; null if the pattern alone decides. */
  readonly options: readonly string[] | null;
  /** What holds if nothing is entered; null for nothing. */
  readonly defaultValue: string | null;
}

/** How requests say who they are. Texts may contain `<inputs>`; if one of those was not entered, there is no authentication. */
export type TemplateAuthentication =
  | { readonly type: "header"; readonly name: string; readonly value: string }
  | ({ readonly type: "oauth2ClientCredentials" } & TemplateOauth)
  | ({ readonly type: "oauth2RefreshToken"; readonly refreshToken: string } & TemplateOauth)
  | { readonly type: "body"; readonly credential: string };

interface TemplateOauth {
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Whether client id and secret stand in the form or in the header `Authorization` (RFC 6749, 2.3.1). */
  readonly clientAuthentication: "body" | "basic";
  /** What stands before the access token in the header `Authorization`. */
  readonly scheme: string;
}

/** What is sent in place of the payload as it is. Texts may contain `<inputs>`, which are filled in once, and `{{ expressions }}`, which are evaluated for every delivery. */
export interface TemplateRequest {
  readonly method: "POST" | "PUT" | "PATCH";
  /** Appended to the webhook's URL; null for nothing. */
  readonly path: string | null;
  /** Additional headers that are no secrets. */
  readonly headers: Readonly<Record<string, string>>;
  /** JSON; null for the payload as it is. */
  readonly body: string | null;
}

/** An entry of the library, from which webhooks are made. */
export interface WebhookTemplate {
  /** Never changes: webhooks remember it. */
  readonly id: string;
  /** The vendor's name, and the new webhook's if no other is given. */
  readonly name: string;
  readonly category: TemplateCategory;
  /** What becomes of an order, in one or two sentences. */
  readonly description: string;
  readonly inputs: readonly TemplateInput[];
  /** With `<inputs>`: the host comes from nothing else. */
  readonly url: string;
  readonly request: TemplateRequest;
  /** Null if the signature, or a secret in the URL, is all. */
  readonly authentication: TemplateAuthentication | null;
  /** CEL condition over `status`, `body` and `text` of an answer; null if any 2xx is a success. */
  readonly successCondition: string | null;
  /** Dotted event types that a webhook gets if no others are chosen. */
  readonly events: readonly string[];
  /** The vendor's own documentation. */
  readonly documentationUrl: string;
  /** What must exist at the vendor before the first order comes: a sentence each, in English. */
  readonly preparation: readonly string[];
}

/** The payload as it is, for receivers that take any JSON. */
export const PAYLOAD_AS_IT_IS: TemplateRequest = { method: "POST", path: null, headers: {}, body: null };

export const ALL_ORDER_EVENTS: readonly string[] = [
  "order.created",
  "order.updated",
  "order.completed",
  "order.cancelled",
];

/** An input that must be entered and is no secret, unless told otherwise. */
export function templateInput(
  input: Pick<TemplateInput, "key" | "label" | "description" | "placeholder" | "pattern"> & Partial<TemplateInput>,
): TemplateInput {
  return {
    isSecret: false,
    isRequired: (input.defaultValue ?? null) === null,
    options: null,
    defaultValue: null,
    ...input,
  };
}

/** A password, key or token: ASCII letters, digits and signs, without those that would mean something where it is filled in. */
export const TOKEN_PATTERN = "[!#-;=?-\\[\\]-z\\|~]{1,1000}";
/** One character of a URL after its host. */
export const URL_CHARACTER_PATTERN = '[^\\s\\p{Cc}<>\\{\\}"\\\\]';
/** A host name, with a port if it is not the usual one. */
export const HOST_PATTERN = "[A-Za-z0-9](?:[A-Za-z0-9.\\-]{0,250}[A-Za-z0-9])?(?::[0-9]{1,5})?";
