import { Button, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Power } from "lucide-react";
import { type SubmitEvent, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useMutation } from "urql";
import { Dialog } from "../../components/dialog.tsx";
import { Problem } from "../../components/problem.tsx";
import { graphql } from "../../graphql/generated/gql.ts";
import { useRefusalText } from "../../refusals/use-refusal-text.ts";
import styles from "./webhook-dialog.module.css";

const WebhookSwitch_Switch = graphql(`
  mutation WebhookSwitch_Switch($input: UpdateWebhookConfigInput!) {
    updateWebhookConfig(input: $input) {
      webhookConfig {
        id
        ...WebhookTrouble
      }
      errors {
        ...Refusal
      }
    }
  }
`);

const reasonLengthMax = 100;

/** Switches a webhook on at once, and off after asking why. */
export function WebhookSwitch({
  webhook,
  onChanged,
}: {
  webhook: { readonly id: string; readonly name: string; readonly isActive: boolean };
  onChanged: () => void;
}) {
  const intl = useIntl();
  const [{ data, error, fetching }, execute] = useMutation(WebhookSwitch_Switch);
  const [isAsking, dialog] = useDisclosure(false);
  const [reason, setReason] = useState("");
  const problem = useRefusalText(data?.updateWebhookConfig.errors, error);
  const switchTo = async (isActive: boolean) => {
    const disabledReason = isActive || reason.trim() === "" ? {} : { disabledReason: reason.trim() };
    const answer = await execute({ input: { id: webhook.id, isActive, ...disabledReason } });
    if (answer.data?.updateWebhookConfig.webhookConfig == null) return;
    dialog.close();
    setReason("");
    onChanged();
  };
  const switchOff = (event: SubmitEvent) => {
    event.preventDefault();
    void switchTo(false);
  };
  return (
    <>
      {problem !== null && !isAsking && !fetching && <Problem>{problem}</Problem>}
      <Button
        variant={webhook.isActive ? "default" : "filled"}
        leftSection={<Power size={15} aria-hidden="true" />}
        loading={fetching && !isAsking}
        onClick={() => (webhook.isActive ? dialog.open() : void switchTo(true))}
      >
        <FormattedMessage id={webhook.isActive ? "webhook.switchOff" : "webhook.switchOn"} />
      </Button>
      <Dialog
        isOpen={isAsking}
        onClose={dialog.close}
        title={intl.formatMessage({ id: "webhook.switchOffQuestion" }, { name: webhook.name })}
      >
        <form className={styles["dialog"]} onSubmit={switchOff}>
          <p className={styles["words"]}>
            <FormattedMessage id="webhook.switchOffHint" />
          </p>
          {problem !== null && !fetching && <Problem>{problem}</Problem>}
          <TextInput
            data-autofocus
            label={intl.formatMessage({ id: "webhook.reason" })}
            maxLength={reasonLengthMax}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            autoComplete="off"
          />
          <div className={styles["actions"]}>
            <Button variant="default" onClick={dialog.close}>
              <FormattedMessage id="dialog.cancel" />
            </Button>
            <Button type="submit" loading={fetching}>
              <FormattedMessage id="webhook.switchOff" />
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}
