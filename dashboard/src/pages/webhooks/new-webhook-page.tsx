import { useIntl } from "react-intl";
import { LazyPart } from "../../components/lazy-part.tsx";
import { ManagersOnly } from "../../components/managers-only.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { useOrganization } from "../../session/organization.ts";
import { FromScratchLink } from "../../webhook-templates/from-scratch-link.tsx";
import { TemplateGallery } from "../../webhook-templates/template-gallery.tsx";
import { newWebhookRoute } from "./new-webhook-route.ts";

/** The first step to a webhook: where orders are to go. */
export function NewWebhookPage() {
  const intl = useIntl();
  const { access } = useOrganization();
  const search = newWebhookRoute.useSearch();
  const title = intl.formatMessage({ id: "webhooks.new" });
  if (!access.canManage) return <ManagersOnly title={title} />;
  return (
    <>
      <PageHeader
        title={title}
        description={intl.formatMessage({ id: "templates.newHint" })}
        actions={<FromScratchLink />}
      />
      <LazyPart>
        <TemplateGallery search={search} />
      </LazyPart>
    </>
  );
}
