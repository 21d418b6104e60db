import { Button, Checkbox } from "@mantine/core";
import { useState } from "react";
import { useController } from "react-hook-form";
import { FormattedMessage, useIntl } from "react-intl";
import { useMutation } from "urql";
import { z } from "zod/mini";
import { CodeBlock } from "../../components/code-block.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Problem } from "../../components/problem.tsx";
import { requiredText } from "../../forms/required-text.ts";
import { TextField } from "../../forms/text-field.tsx";
import { useFieldProblem } from "../../forms/use-field-problem.ts";
import { useServerForm } from "../../forms/use-server-form.ts";
import { graphql } from "../../graphql/generated/gql.ts";
import type { ApiKeyScope } from "../../graphql/generated/graphql.ts";
import { useOrganization } from "../../session/organization.ts";
import styles from "./create-api-key-dialog.module.css";

const CreateApiKeyDialog_Create = graphql(`
  mutation CreateApiKeyDialog_Create($input: CreateApiKeyInput!) {
    createApiKey(input: $input) {
      apiKey {
        id
      }
      key
      errors {
        ...Refusal
      }
    }
  }
`);

/** From what an ordering system needs to what a colleague's script may need. */
const scopes = ["PUBLISH", "READ", "MANAGE"] as const satisfies readonly ApiKeyScope[];

const schema = z.object({
  name: requiredText,
  scopes: z.array(z.enum(scopes)).check(z.minLength(1, "apiKeys.scopeNeeded")),
  /** A day of this device's calendar; empty for never. */
  expiresAt: z.string().check(z.refine((day) => day === "" || endOfDay(day) > new Date(), "apiKeys.expiryPast")),
});

/** Makes a key, and shows it this once. */
export function CreateApiKeyDialog({ onCreated, onClose }: { onCreated: () => void; onClose: () => void }) {
  const intl = useIntl();
  const [key, setKey] = useState<string | null>(null);
  const show = (made: string) => {
    setKey(made);
    onCreated();
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={intl.formatMessage({ id: key === null ? "apiKeys.new" : "apiKeys.created" })}
      isClosable={key === null}
    >
      {key === null ? (
        <CreateForm onMade={show} />
      ) : (
        <>
          <p className={styles["once"]} role="status">
            <FormattedMessage id="apiKeys.once" />
          </p>
          <CodeBlock
            label={intl.formatMessage({ id: "apiKeys.key" })}
            copyLabel={intl.formatMessage({ id: "apiKeys.copy" })}
            text={key}
          />
          <div className={styles["actions"]}>
            <Button onClick={onClose}>
              <FormattedMessage id="apiKeys.done" />
            </Button>
          </div>
        </>
      )}
    </Dialog>
  );
}

function CreateForm({ onMade }: { onMade: (key: string) => void }) {
  const intl = useIntl();
  const { id: organizationId } = useOrganization();
  const [, create] = useMutation(CreateApiKeyDialog_Create);
  const { form, submit, problem, isBusy } = useServerForm<z.infer<typeof schema>>({
    schema,
    defaultValues: { name: "", scopes: ["PUBLISH"], expiresAt: "" },
    send: async ({ name, scopes: chosen, expiresAt }) => {
      const { data, error } = await create({
        input: {
          organizationId,
          name,
          scopes: chosen,
          expiresAt: expiresAt === "" ? null : endOfDay(expiresAt).toISOString(),
        },
      });
      if (data?.createApiKey.key != null) onMade(data.createApiKey.key);
      return { errors: data?.createApiKey.errors, error };
    },
    onDone: () => undefined,
  });
  const { field: chosen } = useController({ control: form.control, name: "scopes" });
  const scopesProblem = useFieldProblem(form.formState.errors, "scopes");
  return (
    <form className={styles["form"]} onSubmit={submit} noValidate>
      {problem !== null && <Problem>{problem}</Problem>}
      <TextField
        form={form}
        name="name"
        maxLength={200}
        label={intl.formatMessage({ id: "apiKeys.name" })}
        description={intl.formatMessage({ id: "apiKeys.nameHint" })}
        autoComplete="off"
        data-autofocus
      />
      <Checkbox.Group
        label={intl.formatMessage({ id: "apiKeys.scopes" })}
        error={scopesProblem}
        value={chosen.value}
        onChange={chosen.onChange}
      >
        <div className={styles["scopes"]}>
          {scopes.map((scope) => (
            <Checkbox
              key={scope}
              value={scope}
              label={intl.formatMessage({ id: `apiKeys.scope.${scope}` })}
              description={intl.formatMessage({ id: `apiKeys.scopeHint.${scope}` })}
            />
          ))}
        </div>
      </Checkbox.Group>
      <TextField
        form={form}
        name="expiresAt"
        type="date"
        label={intl.formatMessage({ id: "apiKeys.expiresOn" })}
        description={intl.formatMessage({ id: "apiKeys.expiryHint" })}
      />
      <Button type="submit" loading={isBusy}>
        <FormattedMessage id="apiKeys.create" />
      </Button>
    </form>
  );
}

function endOfDay(day: string): Date {
  return new Date(`${day}T23:59:59.999`);
}
