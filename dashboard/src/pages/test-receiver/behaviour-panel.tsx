import { Button, UnstyledButton } from "@mantine/core";
import { FormattedMessage, useIntl } from "react-intl";
import { useMutation } from "urql";
import { Panel } from "../../components/panel.tsx";
import { Problem } from "../../components/problem.tsx";
import { graphql } from "../../graphql/generated/gql.ts";
import { useRefusalText } from "../../refusals/use-refusal-text.ts";
import { BehaviourForm } from "./behaviour-form.tsx";
import styles from "./behaviour-panel.module.css";
import { type Behaviour, presetNames, presetOf, presets } from "./presets.ts";

const BehaviourPanel_Configure = graphql(`
  mutation BehaviourPanel_Configure($input: ConfigureTestReceiverInput!) {
    configureTestReceiver(input: $input) {
      testReceiver {
        status
        delayMs
        failureRate
      }
      errors {
        ...Refusal
      }
    }
  }
`);

/** How the receiver answers, and for those who manage the way to change it. */
export function BehaviourPanel({
  organizationId,
  behaviour,
  canManage,
}: {
  organizationId: string;
  behaviour: Behaviour;
  canManage: boolean;
}) {
  const intl = useIntl();
  const [{ data, error, fetching }, configure] = useMutation(BehaviourPanel_Configure);
  const problem = useRefusalText(data?.configureTestReceiver.errors, error);
  const followed = presetOf(behaviour);
  return (
    <Panel title={intl.formatMessage({ id: "receiver.behaviour" })}>
      <div className={styles["content"]}>
        <p className={styles["now"]} role="status">
          <Sentence behaviour={behaviour} />
        </p>
        {problem !== null && !fetching && <Problem>{problem}</Problem>}
        {canManage && (
          <>
            {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would announce a form */}
            <div role="group" aria-label={intl.formatMessage({ id: "receiver.presets" })} className={styles["presets"]}>
              {presetNames.map((name) => (
                <UnstyledButton
                  key={name}
                  className={styles["preset"] ?? ""}
                  aria-pressed={name === followed}
                  disabled={fetching}
                  onClick={() => void configure({ input: { organizationId, ...presets[name] } })}
                >
                  <strong>
                    <FormattedMessage id={`receiver.preset.${name}`} />
                  </strong>
                  <span className={styles["hint"]}>
                    <FormattedMessage id={`receiver.preset.${name}.hint`} />
                  </span>
                </UnstyledButton>
              ))}
            </div>
            <details className={styles["exactly"]} open={followed === null}>
              <summary>
                <FormattedMessage id="receiver.exactly" />
              </summary>
              <BehaviourForm
                key={`${behaviour.status}/${behaviour.delayMs}/${behaviour.failureRate}`}
                behaviour={behaviour}
                send={async (wanted) => {
                  const answer = await configure({ input: { organizationId, ...wanted } });
                  return { errors: answer.data?.configureTestReceiver.errors, error: answer.error };
                }}
              />
            </details>
            <div className={styles["tokens"]}>
              <span className={styles["hint"]}>
                <FormattedMessage id="receiver.tokens" />
              </span>
              <Button
                size="compact-sm"
                variant="default"
                disabled={fetching}
                onClick={() => void configure({ input: { organizationId, revokeTokens: true } })}
              >
                <FormattedMessage id="receiver.revokeTokens" />
              </Button>
            </div>
          </>
        )}
        <p className={styles["hint"]}>
          <FormattedMessage id="receiver.memory" />
        </p>
      </div>
    </Panel>
  );
}

function Sentence({ behaviour: { status, delayMs, failureRate } }: { behaviour: Behaviour }) {
  const intl = useIntl();
  const seconds = intl.formatNumber(delayMs / 1_000, { style: "unit", unit: "second", unitDisplay: "long" });
  return (
    <>
      <FormattedMessage
        id={delayMs === 0 ? "receiver.answers" : "receiver.answersAfter"}
        values={{ status, seconds }}
      />
      {failureRate > 0 && (
        <>
          {" "}
          <FormattedMessage
            id="receiver.failing"
            values={{ share: intl.formatNumber(failureRate, { style: "percent", maximumFractionDigits: 1 }) }}
          />
        </>
      )}
    </>
  );
}
