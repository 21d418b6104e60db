import { Button, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useNavigate } from "@tanstack/react-router";
import { type SubmitEvent, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useMutation } from "urql";
import { Dialog } from "../../components/dialog.tsx";
import { Panel } from "../../components/panel.tsx";
import { Problem } from "../../components/problem.tsx";
import { graphql } from "../../graphql/generated/gql.ts";
import { useRefusalText } from "../../refusals/use-refusal-text.ts";
import { useOrganization } from "../../session/organization.ts";
import styles from "./delete-webhook-panel.module.css";
import dialogStyles from "./webhook-dialog.module.css";

const DeleteWebhookPanel_Delete = graphql(`
  mutation DeleteWebhookPanel_Delete($input: DeleteWebhookConfigInput!) {
    deleteWebhookConfig(input: $input) {
      deletedId
      errors {
        ...Refusal
      }
    }
  }
`);

/** Deleting cannot be taken back, so the webhook's name is typed first. */
export function DeleteWebhookPanel({ id, name }: { id: string; name: string }) {
  const intl = useIntl();
  const navigate = useNavigate();
  const { id: organizationId } = useOrganization();
  const [{ data, error, fetching }, execute] = useMutation(DeleteWebhookPanel_Delete);
  const [isAsking, dialog] = useDisclosure(false);
  const [typed, setTyped] = useState("");
  const isSame = typed.trim() === name;
  const problem = useRefusalText(data?.deleteWebhookConfig.errors, error);
  const remove = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!isSame) return;
    const answer = await execute({ input: { id } });
    if (answer.data?.deleteWebhookConfig.deletedId == null) return;
    await navigate({ to: "/organizations/$organizationId/webhooks", params: { organizationId } });
  };
  return (
    <Panel title={intl.formatMessage({ id: "webhook.delete" })}>
      <div className={styles["content"]}>
        <p className={styles["hint"]}>
          <FormattedMessage id="webhook.deleteHint" />
        </p>
        <Button color="var(--mantine-color-error)" variant="outline" onClick={dialog.open}>
          <FormattedMessage id="webhook.delete" />
        </Button>
      </div>
      <Dialog
        isOpen={isAsking}
        onClose={dialog.close}
        title={intl.formatMessage({ id: "webhook.deleteQuestion" }, { name })}
      >
        <form className={dialogStyles["dialog"]} onSubmit={remove}>
          <p className={dialogStyles["words"]}>
            <FormattedMessage id="webhook.deleteHint" />
          </p>
          {problem !== null && !fetching && <Problem>{problem}</Problem>}
          <TextInput
            data-autofocus
            label={intl.formatMessage({ id: "webhook.typeName" }, { name })}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
          />
          <div className={dialogStyles["actions"]}>
            <Button variant="default" onClick={dialog.close}>
              <FormattedMessage id="dialog.cancel" />
            </Button>
            <Button type="submit" color="red.8" disabled={!isSame} loading={fetching}>
              <FormattedMessage id="webhook.delete" />
            </Button>
          </div>
        </form>
      </Dialog>
    </Panel>
  );
}
