import { Link } from "@tanstack/react-router";
import { useId } from "react";
import { graphql } from "../graphql/generated/gql.ts";
import type { TemplateCardFragment } from "../graphql/generated/graphql.ts";
import { useOrganization } from "../session/organization.ts";
import styles from "./template-card.module.css";
import { TemplateIcon } from "./template-icon.tsx";
import type { TemplateWords } from "./template-words.ts";
import { useCategoryName } from "./use-category-name.ts";

graphql(`
  fragment TemplateCard on WebhookTemplate {
    id
    name
    description
    category
    preparation
    inputs {
      key
      label
      description
    }
  }
`);

/** A template in the gallery. Those who may manage webhooks are led to a new one made from it. */
export function TemplateCard({
  template: { id, category },
  words: { name, description },
}: {
  template: TemplateCardFragment;
  words: Required<TemplateWords>;
}) {
  const nameId = useId();
  const { id: organizationId, access } = useOrganization();
  const categoryName = useCategoryName();
  return (
    <li className={styles["card"]} aria-labelledby={nameId}>
      <TemplateIcon templateId={id} />
      <div className={styles["words"]}>
        <h2 id={nameId} className={styles["name"]}>
          {access.canManage ? (
            <Link
              className={styles["link"] ?? ""}
              to="/organizations/$organizationId/webhooks/new/$templateId"
              params={{ organizationId, templateId: id }}
            >
              {name}
            </Link>
          ) : (
            name
          )}
        </h2>
        <p className={styles["description"]}>{description}</p>
        <span className={styles["category"]}>{categoryName(category)}</span>
      </div>
    </li>
  );
}
