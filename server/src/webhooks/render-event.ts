import {
  compileFilter,
  compileRequestTemplate,
  type FilterClause,
  type Payload,
  type RenderedRequest,
  type RequestTemplate,
  TemplateError,
  type TemplateProblem,
} from "@vera-qr/templates";
import { requestUrl } from "../domain/request-url.ts";
import { isStandardRequest, STANDARD_REQUEST } from "./request-template.ts";

/** What decides which events a webhook gets, and as what. */
export interface RenderedSettings {
  readonly url: string;
  /** Null for none. */
  readonly filter: string | null;
  readonly template: RequestTemplate;
}

/** What a webhook makes of an event. */
export interface RenderedEvent {
  /** Whether the filter lets the event through; null when that could not be found out. */
  readonly isMatch: boolean | null;
  /** The part of the filter that the event does not meet; null when it meets all. */
  readonly filterClause: FilterClause | null;
  /** Null when it could not be made. */
  readonly request: AddressedRequest | null;
  /** Why the filter could not be evaluated, and why the request could not be made. */
  readonly problems: readonly TemplateProblem[];
}

export interface AddressedRequest {
  readonly method: RequestTemplate["method"];
  readonly url: string;
  /** Those of the request template. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Compiles the settings once, for as many events as are wanted; whatever is wrong with them is a problem of each event. `payload` is the event's, byte for byte. */
export function createEventRenderer({ url, filter, template }: RenderedSettings): (payload: string) => RenderedEvent {
  const compiledFilter = attempt(() => compileFilter(filter ?? "true"));
  const compiledTemplate = attempt(() =>
    isStandardRequest(template) ? { render: asItIs } : compileRequestTemplate(template),
  );

  return (body) => {
    const payload = JSON.parse(body) as Payload;
    const explanation = then(compiledFilter, (compiled) => compiled.explain(payload));
    const request = then(compiledTemplate, (compiled) => compiled.render(payload, body));
    return {
      isMatch: explanation.value?.matches ?? null,
      filterClause: explanation.value?.clause ?? null,
      request: request.value && addressed(request.value, url),
      problems: [...explanation.problems, ...request.problems],
    };
  };
}

/** Byte for byte: written anew from what was read of it, it might differ. */
function asItIs(_payload: Payload, body: string): RenderedRequest {
  return { method: STANDARD_REQUEST.method, path: null, headers: [], body };
}

function addressed({ method, path, headers, body }: RenderedRequest, url: string): AddressedRequest {
  return { method, url: requestUrl(new URL(url), path), headers: Object.fromEntries(headers), body };
}

/** What came of something that may throw a `TemplateError`. */
interface Attempted<T> {
  /** Null when there are problems. */
  readonly value: T | null;
  readonly problems: readonly TemplateProblem[];
}

function attempt<T>(run: () => T): Attempted<T> {
  try {
    return { value: run(), problems: [] };
  } catch (error) {
    if (error instanceof TemplateError) return { value: null, problems: error.problems };
    throw error;
  }
}

function then<T, U>({ value, problems }: Attempted<T>, use: (value: T) => U): Attempted<U> {
  return value === null ? { value: null, problems } : attempt(() => use(value));
}
