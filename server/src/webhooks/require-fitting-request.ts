import type { RequestTemplate } from "@vera-qr/templates";
import { InvalidInputError, type ReasonedProblem } from "../domain/errors.ts";

/** What has to fit together, whichever of it changes. */
export interface RequestParts {
  readonly url: string;
  readonly customHeaderNames: readonly string[];
  readonly template: RequestTemplate;
}

/**
 * Checks a webhook's settings against its request template. What the caller did not give stays as it was, so the field at fault is one that was given.
 * @throws InvalidInputError when the URL leaves no place for the path, or a header is set by both.
 */
export function requireFittingRequest(
  { url, customHeaderNames, template }: RequestParts,
  given: { readonly url: boolean; readonly requestTemplate: boolean },
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
  if (problems.length > 0) throw new InvalidInputError(problems);
}
