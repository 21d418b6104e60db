import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useQuery } from "urql";
import { LazyPart } from "../../components/lazy-part.tsx";
import { EmptyState, StateHint } from "../../components/list-states.tsx";
import { ManagersOnly } from "../../components/managers-only.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Panel } from "../../components/panel.tsx";
import { QueryBoundary } from "../../components/query-boundary.tsx";
import { graphql } from "../../graphql/generated/gql.ts";
import type { TemplatedWebhookPage_TemplatesQuery } from "../../graphql/generated/graphql.ts";
import { useOrganization } from "../../session/organization.ts";
import { useTemplateWords } from "../../webhook-templates/use-template-words.ts";
import { CreatedTemplatedWebhook, type CreatedTemplatedWebhookData, CreatedWebhook } from "./created-webhook.tsx";
import { TemplateForm } from "./template-form.tsx";
import { templatedWebhookRoute } from "./templated-webhook-route.ts";

const TemplatedWebhookPage_Templates = graphql(`
  query TemplatedWebhookPage_Templates {
    webhookTemplates {
      category
      ...TemplateForm
    }
  }
`);

/** A new webhook made from a template: what the vendor's system asks for, then a test. */
export function TemplatedWebhookPage() {
  const intl = useIntl();
  const { access } = useOrganization();
  const { templateId } = templatedWebhookRoute.useParams();
  const [{ data, error }, reload] = useQuery({ query: TemplatedWebhookPage_Templates });
  const title = intl.formatMessage({ id: "webhooks.new" });
  if (!access.canManage) return <ManagersOnly title={title} />;
  const template = data?.webhookTemplates.find(({ id }) => id === templateId);
  if (template !== undefined) {
    return (
      <LazyPart>
        <NewWebhook key={template.id} template={template} />
      </LazyPart>
    );
  }
  return (
    <>
      <PageHeader title={title} />
      <QueryBoundary data={data} error={error} onRetry={() => reload({ requestPolicy: "network-only" })}>
        {() => <UnknownTemplate />}
      </QueryBoundary>
    </>
  );
}

type Template = TemplatedWebhookPage_TemplatesQuery["webhookTemplates"][number];

function NewWebhook({ template }: { template: Template }) {
  const intl = useIntl();
  const [created, setCreated] = useState<CreatedTemplatedWebhookData | null>(null);
  const { name, description } = useTemplateWords()(template);
  if (created !== null) {
    if (template.category === "CUSTOM") return <CreatedWebhook created={created} />;
    return <CreatedTemplatedWebhook created={created} templateName={name} />;
  }
  return (
    <>
      <PageHeader
        title={intl.formatMessage({ id: "templateForm.title" }, { system: name })}
        description={description}
      />
      <Panel title={intl.formatMessage({ id: "templateForm.enter" }, { system: name })}>
        <TemplateForm template={template} onCreated={setCreated} />
      </Panel>
    </>
  );
}

function UnknownTemplate() {
  const intl = useIntl();
  const { id: organizationId } = useOrganization();
  return (
    <EmptyState title={intl.formatMessage({ id: "templates.unknown" })}>
      <StateHint>
        <FormattedMessage id="templates.unknownHint" />
      </StateHint>
      <Button
        renderRoot={(props) => (
          <Link to="/organizations/$organizationId/webhooks/new" params={{ organizationId }} {...props} />
        )}
      >
        <FormattedMessage id="templates.all" />
      </Button>
    </EmptyState>
  );
}
