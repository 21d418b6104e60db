import { FormattedMessage, useIntl } from "react-intl";
import { CodeBlock } from "../components/code-block.tsx";
import { StateHint } from "../components/list-states.tsx";
import { sampleOrderEvent } from "../orders/sample-order.ts";
import styles from "./publish-hint.module.css";

/** A command that publishes a first order for this organization, ready to paste into a shell. */
export function PublishHint({ organizationId }: { organizationId: string }) {
  const intl = useIntl();
  return (
    <div className={styles["hint"]}>
      <StateHint>
        <FormattedMessage id="deliveries.emptyHint" />
      </StateHint>
      <CodeBlock
        label={intl.formatMessage({ id: "deliveries.exampleLabel" })}
        copyLabel={intl.formatMessage({ id: "deliveries.copyExample" })}
        text={publishCommand(window.location.origin, organizationId)}
      />
    </div>
  );
}

function publishCommand(origin: string, organizationId: string): string {
  const body = {
    query:
      "mutation ($input: PublishOrderEventInput!) { publishOrderEvent(input: $input) { event { id } deliveryCount errors { field message } } }",
    variables: { input: sampleOrderEvent(organizationId, new Date()) },
  };
  return [
    `curl ${origin}/graphql`,
    `-H "Authorization: Bearer $API_KEY"`,
    `-H "Content-Type: application/json"`,
    `--data '${JSON.stringify(body, null, 2)}'`,
  ].join(" \\\n  ");
}
