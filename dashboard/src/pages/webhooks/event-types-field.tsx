import { Checkbox } from "@mantine/core";
import { Controller, type UseFormReturn } from "react-hook-form";
import { useIntl } from "react-intl";
import { useQuery } from "urql";
import { useFieldProblem } from "../../forms/use-field-problem.ts";
import { graphql } from "../../graphql/generated/gql.ts";
import type { EventType } from "../../graphql/generated/graphql.ts";
import { useOrganization } from "../../session/organization.ts";
import styles from "./webhook-form.module.css";
import type { WebhookFormValues } from "./webhook-form-values.ts";

const EventTypesField_Catalogue = graphql(`
  query EventTypesField_Catalogue($organizationId: ID!) {
    eventTypes {
      eventType
      name
      isPublishable
      isOperational
    }
    organization(id: $organizationId) {
      id
      isOperator
    }
  }
`);

/** What the catalogue has for webhooks of this organization. */
export function EventTypesField({ form }: { form: UseFormReturn<WebhookFormValues> }) {
  const intl = useIntl();
  const { id: organizationId } = useOrganization();
  const [{ data }] = useQuery({ query: EventTypesField_Catalogue, variables: { organizationId } });
  const problem = useFieldProblem(form.formState.errors, "events");
  const isOperator = data?.organization?.isOperator === true;
  const offered = data?.eventTypes.filter((type) => type.isPublishable || (type.isOperational && isOperator)) ?? [];
  return (
    <Controller
      control={form.control}
      name="events"
      render={({ field: { value, onChange } }) => (
        <Checkbox.Group
          label={intl.formatMessage({ id: "webhookForm.events" })}
          description={intl.formatMessage({ id: "webhookForm.eventsHint" })}
          error={problem}
          value={value}
          onChange={(next) => onChange(next as EventType[])}
        >
          <div className={styles["events"]}>
            {offered.map(({ eventType, name }) => (
              <Checkbox
                key={eventType}
                value={eventType}
                label={intl.formatMessage({ id: `event.${eventType}` })}
                description={`${name} · ${intl.formatMessage({ id: `webhookForm.event.${eventType}` })}`}
              />
            ))}
          </div>
        </Checkbox.Group>
      )}
    />
  );
}
