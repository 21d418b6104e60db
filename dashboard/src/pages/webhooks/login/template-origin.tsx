import { Link } from "@tanstack/react-router";
import { ExternalLink } from "lucide-react";
import { FormattedMessage, useIntl } from "react-intl";
import { useQuery } from "urql";
import { Panel } from "../../../components/panel.tsx";
import { graphql } from "../../../graphql/generated/gql.ts";
import { useOrganization } from "../../../session/organization.ts";
import { useTemplateWords } from "../../../webhook-templates/use-template-words.ts";
import styles from "./login.module.css";

const TemplateOrigin_Templates = graphql(`
  query TemplateOrigin_Templates {
    webhookTemplates {
      id
      name
      description
      preparation
      documentationUrl
      inputs {
        key
        label
        description
      }
    }
  }
`);

/** The template that a webhook was made from, with what is of use for its login: the vendor's documentation, and what is sent. */
export function TemplateOrigin({ webhookConfigId, templateId }: { webhookConfigId: string; templateId: string }) {
  const intl = useIntl();
  const { id: organizationId } = useOrganization();
  const wordsOf = useTemplateWords();
  const [{ data }] = useQuery({ query: TemplateOrigin_Templates });
  const template = data?.webhookTemplates.find(({ id }) => id === templateId);
  if (template === undefined) return null;
  const { name, description, preparation } = wordsOf(template);
  return (
    <Panel title={intl.formatMessage({ id: "origin.title" }, { system: name })}>
      <div className={styles["content"]}>
        <p className={styles["hint"]}>{description}</p>
        <ul className={styles["steps"]}>
          {preparation.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ul>
        <p className={styles["links"]}>
          <Link
            className={styles["link"] ?? ""}
            to="/organizations/$organizationId/webhooks/$webhookConfigId"
            params={{ organizationId, webhookConfigId }}
            search={{ tab: "request" }}
          >
            <FormattedMessage id="origin.request" />
          </Link>
          <a className={styles["link"]} href={template.documentationUrl} target="_blank" rel="noreferrer">
            <FormattedMessage id="templateForm.documentation" values={{ system: name }} />
            <ExternalLink size={14} aria-hidden="true" />
          </a>
        </p>
      </div>
    </Panel>
  );
}
