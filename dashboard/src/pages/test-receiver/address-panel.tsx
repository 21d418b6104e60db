import { Button } from "@mantine/core";
import { Plus } from "lucide-react";
import { FormattedMessage, useIntl } from "react-intl";
import { useMutation, useQuery } from "urql";
import { CodeBlock } from "../../components/code-block.tsx";
import { Panel } from "../../components/panel.tsx";
import { Problem } from "../../components/problem.tsx";
import { graphql } from "../../graphql/generated/gql.ts";
import { orderEventTypes } from "../../orders/order-event-types.ts";
import { useRefusalText } from "../../refusals/use-refusal-text.ts";
import { useOrganization } from "../../session/organization.ts";
import styles from "./address-panel.module.css";
import { SenderItem } from "./sender-item.tsx";

const AddressPanel_Senders = graphql(`
  query AddressPanel_Senders($organizationId: ID!) {
    testReceiver(organizationId: $organizationId) {
      webhookConfigs {
        ...SenderItem
      }
    }
  }
`);

const AddressPanel_Create = graphql(`
  mutation AddressPanel_Create($input: CreateWebhookConfigInput!) {
    createWebhookConfig(input: $input) {
      webhookConfig {
        id
        name
      }
      errors {
        ...Refusal
      }
    }
  }
`);

/** Where the receiver is, and which webhooks send to it. */
export function AddressPanel({ url }: { url: string }) {
  const intl = useIntl();
  const { id: organizationId, access } = useOrganization();
  const [{ data }, reload] = useQuery({
    query: AddressPanel_Senders,
    variables: { organizationId },
    requestPolicy: "cache-and-network",
  });
  const [creation, create] = useMutation(AddressPanel_Create);
  const senders = data?.testReceiver.webhookConfigs;
  const problem = useRefusalText(creation.data?.createWebhookConfig.errors, creation.error);
  const createSender = async () => {
    const name = intl.formatMessage({ id: "firstSteps.webhookName" });
    await create({ input: { organizationId, name, url, events: [...orderEventTypes] } });
    // An empty list tells the cache nothing of which kind of thing it is a list.
    reload({ requestPolicy: "network-only" });
  };
  const created = creation.data?.createWebhookConfig.webhookConfig;
  return (
    <Panel title={intl.formatMessage({ id: "receiver.address" })}>
      <div className={styles["content"]}>
        <CodeBlock
          label={intl.formatMessage({ id: "receiver.address" })}
          text={url}
          copyLabel={intl.formatMessage({ id: "receiver.copyAddress" })}
        />
        <p className={styles["hint"]}>
          <FormattedMessage id="receiver.addressHint" />
        </p>
        {senders !== undefined && (
          <h3 className={styles["heading"]}>
            <FormattedMessage id="receiver.webhooks" />
          </h3>
        )}
        {senders?.length === 0 && (
          <div className={styles["none"]}>
            <p className={styles["hint"]}>
              <FormattedMessage id="receiver.noWebhook" />
            </p>
            {access.canManage && (
              <Button
                size="sm"
                leftSection={<Plus size={15} aria-hidden="true" />}
                loading={creation.fetching}
                onClick={() => void createSender()}
              >
                <FormattedMessage id="receiver.create" />
              </Button>
            )}
          </div>
        )}
        {problem !== null && !creation.fetching && <Problem>{problem}</Problem>}
        {senders !== undefined && senders.length > 0 && (
          <ul className={styles["senders"]} aria-label={intl.formatMessage({ id: "receiver.webhooks" })}>
            {senders.map((sender) => (
              <SenderItem key={sender.id} sender={sender} canManage={access.canManage} />
            ))}
          </ul>
        )}
        {created != null && (
          <p className={styles["hint"]} role="status">
            <FormattedMessage id="receiver.created" values={{ name: created.name }} />
          </p>
        )}
      </div>
    </Panel>
  );
}
