import { Checkbox } from "@mantine/core";
import { Controller, type FieldValues, type Path, type UseFormReturn } from "react-hook-form";
import { useIntl } from "react-intl";
import { useQuery } from "urql";
import { useFieldProblem } from "../../forms/use-field-problem.ts";
import { graphql } from "../../graphql/generated/gql.ts";
import type { EventType } from "../../graphql/generated/graphql.ts";
import { useOrganization } from "../../session/organization.ts";
import styles from "./webhook-form.module.css";

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

/** What the catalogue has for webhooks of this organization; the form's field is called `events`. */
export function EventTypesField<Values extends FieldValues & { events: EventType[] }>({
  form,
}: {
  form: UseFormReturn<Values>;
}) {
  const intl = useIntl();
  const { id: organizationId } = useOrganization();
  const [{ data }] = useQuery({ query: EventTypesField_Catalogue, variables: { organizationId } });
  const problem = useFieldProblem(form.formState.errors, "events");
  const isOperator = data?.organization?.isOperator === true;
  const offered = data?.eventTypes.filter((type) => type.isPublishable || (type.isOperational && isOperator)) ?? [];
  return (
    <Controller
      control={form.control}
      name={"events" as Path<Values>}
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
