import { useIntl } from "react-intl";
import { LazyPart } from "../../components/lazy-part.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { useOrganization } from "../../session/organization.ts";
import { FromScratchLink } from "../../webhook-templates/from-scratch-link.tsx";
import { TemplateGallery } from "../../webhook-templates/template-gallery.tsx";
import { templatesRoute } from "./templates-route.ts";

/** What orders can be sent to without writing anything: the library of webhook templates. */
export function TemplatesPage() {
  const intl = useIntl();
  const { access } = useOrganization();
  return (
    <>
      <PageHeader
        title={intl.formatMessage({ id: "templates.title" })}
        description={intl.formatMessage({ id: "templates.description" })}
        actions={access.canManage && <FromScratchLink />}
      />
      <LazyPart>
        <TemplateGallery search={templatesRoute.useSearch()} />
      </LazyPart>
    </>
  );
}
