import { Button } from "@mantine/core";
import { FormattedMessage, useIntl } from "react-intl";
import { z } from "zod/mini";
import { Problem } from "../../components/problem.tsx";
import { NumberField } from "../../forms/number-field.tsx";
import { type FormAnswer, useServerForm } from "../../forms/use-server-form.ts";
import styles from "./behaviour-form.module.css";
import type { Behaviour } from "./presets.ts";

interface BehaviourValues {
  status: number;
  delaySeconds: number;
  failurePercent: number;
}

const number = (min: number, max: number, message: string) =>
  z.number(message).check(z.minimum(min, message), z.maximum(max, message));

const schema: z.ZodMiniType<BehaviourValues, BehaviourValues> = z.object({
  status: number(200, 599, "receiver.statusRange").check(z.int("receiver.statusRange")),
  delaySeconds: number(0, 60, "receiver.delayRange"),
  failurePercent: number(0, 100, "receiver.failuresRange"),
});

/** Status, delay and failures by hand, in seconds and percent. */
export function BehaviourForm({
  behaviour,
  send,
}: {
  behaviour: Behaviour;
  send: (behaviour: Behaviour) => Promise<FormAnswer>;
}) {
  const intl = useIntl();
  const { form, submit, problem, isBusy } = useServerForm<BehaviourValues>({
    schema,
    defaultValues: {
      status: behaviour.status,
      delaySeconds: behaviour.delayMs / 1_000,
      failurePercent: behaviour.failureRate * 100,
    },
    send: ({ status, delaySeconds, failurePercent }) =>
      send({ status, delayMs: Math.round(delaySeconds * 1_000), failureRate: failurePercent / 100 }),
    onDone: () => undefined,
  });
  return (
    <form className={styles["form"]} onSubmit={submit} noValidate>
      {problem !== null && <Problem>{problem}</Problem>}
      <NumberField
        form={form}
        name="status"
        allowDecimal={false}
        label={intl.formatMessage({ id: "receiver.status" })}
      />
      <NumberField form={form} name="delaySeconds" label={intl.formatMessage({ id: "receiver.delay" })} />
      <NumberField form={form} name="failurePercent" label={intl.formatMessage({ id: "receiver.failures" })} />
      <div className={styles["actions"]}>
        <Button type="submit" variant="default" loading={isBusy}>
          <FormattedMessage id="receiver.apply" />
        </Button>
      </div>
    </form>
  );
}
