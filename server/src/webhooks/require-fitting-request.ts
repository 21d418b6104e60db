import type { RequestTemplate } from "@vera-qr/templates";
import { InvalidInputError, type ReasonedProblem } from "../domain/errors.ts";
import { authenticationHeaderName } from "../domain/receiver-authentication.ts";
import type { SealedAuthentication } from "./sealed-authentication.ts";

/** What has to fit together, whichever of it changes. */
export interface RequestParts {
  readonly url: string;
  readonly customHeaderNames: readonly string[];
  readonly template: RequestTemplate;
  /** `SealedAuthentication`, or null. */
  readonly authentication: unknown;
}

/**
 * Checks a webhook's settings against its request template. What the caller did not give stays as it was, so the field at fault is one that was given.
 * @throws InvalidInputError when the URL leaves no place for the path, or a header is set by both.
 */
export function requireFittingRequest(
  { url, customHeaderNames, template, authentication }: RequestParts,
  given: { readonly url: boolean; readonly requestTemplate: boolean; readonly authentication: boolean },
): void {
  const problems: ReasonedProblem[] = [];
  const { search, hash } = new URL(url);
  if (template.path !== null && (search !== "" || hash !== "")) {
    problems.push({
      field: given.url || !given.requestTemplate ? "url" : "requestTemplate.path",
      message: "The request template has a path, so the webhook's URL must have no query and no fragment.",
      reason: "URL_WITH_QUERY",
    });
  }
  const taken = new Set(customHeaderNames.map((name) => name.toLowerCase()));
  for (const name of Object.keys(template.headers).filter((header) => taken.has(header.toLowerCase()))) {
    problems.push({
      field: given.requestTemplate ? `requestTemplate.headers.${name}` : `customHeaders.${name}`,
      message: "This header is both a custom header and one of the request template.",
      reason: "DUPLICATE",
    });
  }
  const login = authentication as SealedAuthentication | null;
  const loginHeader = login === null ? null : authenticationHeaderName(login);
  for (const place of [
    ...customHeaderNames.map((name) => ({ name, field: `customHeaders.${name}` })),
    ...Object.keys(template.headers).map((name) => ({ name, field: `requestTemplate.headers.${name}` })),
  ]) {
    if (login === null || place.name.toLowerCase() !== loginHeader?.toLowerCase()) continue;
    const ownField = login.type === "header" ? "authentication.header.name" : `authentication.${login.type}`;
    problems.push({
      field: given.authentication ? ownField : place.field,
      message: `The header ${loginHeader} is set by the authentication as well.`,
      reason: "DUPLICATE",
    });
  }
  if (problems.length > 0) throw new InvalidInputError(problems);
}
