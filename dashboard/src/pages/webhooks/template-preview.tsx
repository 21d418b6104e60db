import { compileRequestTemplate, fillInputs, type InputValues, withinJsonString } from "@vera-qr/templates";
import { FormattedMessage, useIntl } from "react-intl";
import { useQuery } from "urql";
import { CodeBlock } from "../../components/code-block.tsx";
import { QueryBoundary } from "../../components/query-boundary.tsx";
import { RequestBody } from "../../deliveries/request-body.tsx";
import { graphql } from "../../graphql/generated/gql.ts";
import type { TemplatePreviewFragment } from "../../graphql/generated/graphql.ts";
import styles from "./template-form.module.css";

graphql(`
  fragment TemplatePreview on WebhookTemplate {
    url
    method
    path
    headers
    body
    events
    inputs {
      key
      pattern
      placeholder
      defaultValue
    }
  }
`);

const TemplatePreview_Examples = graphql(`
  query TemplatePreview_Examples {
    eventTypes {
      eventType
      example
    }
  }
`);

/** The request for an example order, by the evaluator that the server renders with. */
export function TemplatePreview({
  template,
  entered,
}: {
  template: TemplatePreviewFragment;
  entered: Readonly<Record<string, string>>;
}) {
  const [{ data, error }, reload] = useQuery({ query: TemplatePreview_Examples });
  const example = data?.eventTypes.find(({ eventType }) => eventType === template.events[0])?.example;
  return (
    <QueryBoundary data={example} error={error} onRetry={() => reload({ requestPolicy: "network-only" })}>
      {(payload) => <ExampleRequest template={template} values={valuesFor(template, entered)} payload={payload} />}
    </QueryBoundary>
  );
}

function ExampleRequest({
  template,
  values,
  payload,
}: {
  template: TemplatePreviewFragment;
  values: InputValues;
  payload: Record<string, unknown>;
}) {
  const intl = useIntl();
  const request = exampleRequest(template, values, payload);
  const title = intl.formatMessage({ id: "preview.request" });
  return (
    <div className={styles["fields"]}>
      <p className={styles["hint"]}>
        <FormattedMessage id="templateForm.previewHint" />
      </p>
      <CodeBlock label={title} text={request.head} copyLabel={intl.formatMessage({ id: "preview.copyRequest" })} />
      <RequestBody body={request.body} />
    </div>
  );
}

/** What was entered, where it is written as it has to be; otherwise what a value looks like. */
function valuesFor({ inputs }: TemplatePreviewFragment, entered: Readonly<Record<string, string>>): InputValues {
  const valueFor = ({ key, pattern, placeholder, defaultValue }: TemplatePreviewFragment["inputs"][number]) => {
    const value = entered[key]?.trim() ?? "";
    return value !== "" && new RegExp(`^(?:${pattern})$`, "u").test(value) ? value : (defaultValue ?? placeholder);
  };
  return new Map(inputs.map((input) => [input.key, valueFor(input)]));
}

function exampleRequest(template: TemplatePreviewFragment, values: InputValues, payload: Record<string, unknown>) {
  const headers = Object.entries(template.headers).map(([name, text]) => [name, fillInputs(String(text), values)]);
  const rendered = compileRequestTemplate({
    method: template.method as "POST" | "PUT" | "PATCH",
    path: template.path == null ? null : fillInputs(template.path, values),
    headers: Object.fromEntries(headers),
    body: template.body == null ? null : fillInputs(template.body, values, withinJsonString),
    fields: null,
  }).render(payload);
  const lines = [
    `${rendered.method} ${fillInputs(template.url, values)}${rendered.path ?? ""}`,
    ...rendered.headers.map(([name, value]) => `${name}: ${value}`),
  ];
  return { head: lines.join("\n"), body: rendered.body };
}
