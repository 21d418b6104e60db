import { Link } from "@tanstack/react-router";
import { FormattedMessage, useIntl } from "react-intl";
import { useQuery } from "urql";
import { CodeBlock } from "../../components/code-block.tsx";
import { Fact, Facts } from "../../components/facts.tsx";
import { StateHint } from "../../components/list-states.tsx";
import { QueryBoundary } from "../../components/query-boundary.tsx";
import { RequestBody } from "../../deliveries/request-body.tsx";
import { graphql } from "../../graphql/generated/gql.ts";
import type { ReceivedItemFragment } from "../../graphql/generated/graphql.ts";
import { useOrganization } from "../../session/organization.ts";
import styles from "./received-details.module.css";

const ReceivedDetails_Body = graphql(`
  query ReceivedDetails_Body($organizationId: ID!, $id: ID!) {
    testReceiver(organizationId: $organizationId) {
      requests(id: $id) {
        id
        body
      }
    }
  }
`);

/** Everything about one request: why its signature is right or wrong, where it belongs, and what was on the wire. */
export function ReceivedDetails({ request }: { request: ReceivedItemFragment }) {
  const intl = useIntl();
  const { id: organizationId } = useOrganization();
  const headers = intl.formatMessage({ id: "delivery.requestHeaders" });
  const { webhookConfig, deliveryId } = request;
  return (
    <div className={styles["details"]}>
      <Facts>
        <Fact name="receiver.signature">
          <FormattedMessage
            id={
              request.signatureVerdict === "VALID" ? "receiver.verified" : `signature.hint.${request.signatureVerdict}`
            }
          />
        </Fact>
        {webhookConfig != null && (
          <Fact name="delivery.webhook">
            <Link
              className={styles["link"] ?? ""}
              to="/organizations/$organizationId/webhooks/$webhookConfigId"
              params={{ organizationId, webhookConfigId: webhookConfig.id }}
            >
              {webhookConfig.name}
            </Link>
          </Fact>
        )}
        {deliveryId != null && (
          <Fact name="receiver.delivery">
            <Link
              className={styles["link"] ?? ""}
              to="/organizations/$organizationId/deliveries"
              params={{ organizationId }}
              search={{ delivery: deliveryId }}
            >
              <FormattedMessage id="signatureCheck.delivery" />
            </Link>
          </Fact>
        )}
        <Fact name="receiver.answer">
          <Answer request={request} />
        </Fact>
      </Facts>
      {request.path !== "" && <Verdict request={request} />}
      <section>
        <h3 className={styles["heading"]}>{headers}</h3>
        <CodeBlock
          label={headers}
          copyLabel={intl.formatMessage({ id: "delivery.copyRequestHeaders" })}
          text={Object.entries(request.headers)
            .map(([name, value]) => `${name}: ${String(value)}`)
            .join("\n")}
        />
      </section>
      <Body organizationId={organizationId} requestId={request.id} />
    </div>
  );
}

/** What the imitated API says to the request, in its own words. */
function Verdict({ request: { respondedBody } }: { request: ReceivedItemFragment }) {
  const intl = useIntl();
  const title = intl.formatMessage({ id: "receiver.verdict" });
  if (respondedBody == null) return null;
  return (
    <section>
      <h3 className={styles["heading"]}>{title}</h3>
      <CodeBlock
        label={title}
        copyLabel={intl.formatMessage({ id: "delivery.copyResponseBody" })}
        text={respondedBody === "" ? intl.formatMessage({ id: "delivery.emptyBody" }) : respondedBody}
      />
    </section>
  );
}

function Answer({
  request: { isAbandoned, respondedAt, respondedStatus, receivedAt },
}: {
  request: ReceivedItemFragment;
}) {
  const intl = useIntl();
  if (isAbandoned) return <FormattedMessage id="receiver.abandoned" />;
  if (respondedAt == null) return <FormattedMessage id="receiver.waiting" />;
  const seconds = (Date.parse(respondedAt) - Date.parse(receivedAt)) / 1_000;
  return (
    <>
      <FormattedMessage id="receiver.answered" values={{ status: respondedStatus }} />
      {seconds >= 0.1 &&
        ` (${intl.formatNumber(seconds, { style: "unit", unit: "second", maximumFractionDigits: 1 })})`}
    </>
  );
}

/** Asked for only when it is looked at: it may be large. */
function Body({ organizationId, requestId }: { organizationId: string; requestId: string }) {
  const [{ data, error }, reload] = useQuery({
    query: ReceivedDetails_Body,
    variables: { organizationId, id: requestId },
  });
  return (
    <QueryBoundary data={data} error={error} onRetry={() => reload({ requestPolicy: "network-only" })} rows={3}>
      {({ testReceiver: { requests } }) =>
        requests[0] === undefined ? (
          <StateHint>
            <FormattedMessage id="receiver.gone" />
          </StateHint>
        ) : (
          <RequestBody body={requests[0].body} />
        )
      }
    </QueryBoundary>
  );
}
