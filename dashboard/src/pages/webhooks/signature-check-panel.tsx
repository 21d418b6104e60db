import { Button, Textarea } from "@mantine/core";
import { ShieldQuestionMark } from "lucide-react";
import { type SubmitEvent, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useMutation } from "urql";
import { Panel } from "../../components/panel.tsx";
import { Problem } from "../../components/problem.tsx";
import { graphql } from "../../graphql/generated/gql.ts";
import type { SignatureCheckResultFragment } from "../../graphql/generated/graphql.ts";
import { useRefusalText } from "../../refusals/use-refusal-text.ts";
import { readPastedRequest } from "./pasted-request.ts";
import styles from "./signature-check-panel.module.css";
import { SignatureCheckResult } from "./signature-check-result.tsx";

const SignatureCheckPanel_Check = graphql(`
  mutation SignatureCheckPanel_Check($input: CheckWebhookSignatureInput!) {
    checkWebhookSignature(input: $input) {
      check {
        ...SignatureCheckResult
      }
      errors {
        ...Refusal
      }
    }
  }
`);

interface Answered {
  readonly check: SignatureCheckResultFragment;
  readonly body: string;
}

/** Says of a request that a receiver refused whether it is ours, and if not, why. */
export function SignatureCheckPanel({ webhookConfigId }: { webhookConfigId: string }) {
  const intl = useIntl();
  const [{ data, error, fetching }, check] = useMutation(SignatureCheckPanel_Check);
  const [pasted, setPasted] = useState("");
  const [body, setBody] = useState("");
  const [isWithoutHeaders, setWithoutHeaders] = useState(false);
  /** What the result belongs to; null once something else stands in the fields. */
  const [answered, setAnswered] = useState<Answered | null>(null);
  const problem = useRefusalText(data?.checkWebhookSignature.errors, error);
  const paste = (text: string) => {
    const request = readPastedRequest(text);
    const isWhole = request.body !== null && Object.keys(request.headers).length > 0;
    setPasted(isWhole ? text.slice(0, text.length - (request.body?.length ?? 0)).trimEnd() : text);
    if (isWhole) setBody(request.body ?? "");
    setWithoutHeaders(false);
    setAnswered(null);
  };
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const { headers } = readPastedRequest(pasted);
    if (Object.keys(headers).length === 0) return setWithoutHeaders(true);
    const answer = await check({ input: { webhookConfigId, headers, body } });
    const result = answer.data?.checkWebhookSignature.check;
    setAnswered(result == null ? null : { check: result, body });
  };
  return (
    <Panel title={intl.formatMessage({ id: "signatureCheck.title" })}>
      <form className={styles["form"]} onSubmit={submit}>
        <p className={styles["hint"]}>
          <FormattedMessage id="signatureCheck.hint" />
        </p>
        <div className={styles["fields"]}>
          <Textarea
            label={intl.formatMessage({ id: "signatureCheck.headers" })}
            description={intl.formatMessage({ id: "signatureCheck.headersHint" })}
            placeholder={headersExample}
            error={isWithoutHeaders && intl.formatMessage({ id: "signatureCheck.headersNeeded" })}
            {...wire}
            value={pasted}
            onChange={(event) => paste(event.currentTarget.value)}
          />
          <Textarea
            label={intl.formatMessage({ id: "signatureCheck.body" })}
            description={intl.formatMessage({ id: "signatureCheck.bodyHint" })}
            placeholder={bodyExample}
            {...wire}
            value={body}
            onChange={(event) => {
              setBody(event.currentTarget.value);
              setAnswered(null);
            }}
          />
        </div>
        <div>
          <Button
            type="submit"
            variant="default"
            loading={fetching}
            leftSection={<ShieldQuestionMark size={16} aria-hidden="true" />}
          >
            <FormattedMessage id="signatureCheck.check" />
          </Button>
        </div>
        {problem !== null && !fetching && <Problem>{problem}</Problem>}
        <div role="status" className={styles["result"]}>
          {answered !== null && !fetching && <SignatureCheckResult check={answered.check} body={answered.body} />}
        </div>
      </form>
    </Panel>
  );
}

/** What is pasted is for the machine: nothing corrects or hides any of it. */
const wire = {
  rows: 7,
  resize: "vertical",
  spellCheck: false,
  autoComplete: "off",
  classNames: { input: styles["wire"] ?? "" },
} as const;

const headersExample =
  "webhook-id: 0192c3a0-…\nwebhook-timestamp: 1764000000\nwebhook-signature: v1,K5oZfzN…\nX-Webhook-Signature: 9f86d08…";
const bodyExample = '{"event":"order.created","timestamp":…';
