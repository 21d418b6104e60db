import { useId } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { CodeBlock } from "../../components/code-block.tsx";
import { graphql } from "../../graphql/generated/gql.ts";
import type { CatalogueEntryFragment } from "../../graphql/generated/graphql.ts";
import styles from "./catalogue-entry.module.css";

graphql(`
  fragment CatalogueEntry on EventTypeInfo {
    name
    eventType
    example
    jsonSchema
  }
`);

/** An event type: what it means, a payload, and the schema that all its payloads follow. */
export function CatalogueEntry({ entry }: { entry: CatalogueEntryFragment }) {
  const intl = useIntl();
  const titleId = useId();
  const { name, eventType, example, jsonSchema } = entry;
  return (
    <article className={styles["entry"]} aria-labelledby={titleId}>
      <div className={styles["head"]}>
        <h3 id={titleId} className={styles["title"]}>
          <FormattedMessage id={`event.${eventType}`} />
        </h3>
        <code className={styles["name"]}>{name}</code>
      </div>
      <p className={styles["meaning"]}>
        <FormattedMessage id={`eventMeaning.${eventType}`} />
      </p>
      <details className={styles["more"]}>
        <summary>
          <FormattedMessage id="events.example" />
        </summary>
        <CodeBlock
          label={intl.formatMessage({ id: "events.exampleOf" }, { name })}
          copyLabel={intl.formatMessage({ id: "events.copyExampleOf" }, { name })}
          text={JSON.stringify(example, null, 2)}
        />
      </details>
      <details className={styles["more"]}>
        <summary>
          <FormattedMessage id="events.schema" />
        </summary>
        <CodeBlock
          label={intl.formatMessage({ id: "events.schemaOf" }, { name })}
          copyLabel={intl.formatMessage({ id: "events.copySchemaOf" }, { name })}
          text={JSON.stringify(jsonSchema, null, 2)}
        />
      </details>
    </article>
  );
}
