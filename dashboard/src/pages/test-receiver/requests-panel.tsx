import { Button } from "@mantine/core";
import { FormattedMessage, useIntl } from "react-intl";
import { useMutation } from "urql";
import { EmptyState, StateHint } from "../../components/list-states.tsx";
import { Panel } from "../../components/panel.tsx";
import { Problem } from "../../components/problem.tsx";
import { graphql } from "../../graphql/generated/gql.ts";
import type { TestReceiverStateFragment } from "../../graphql/generated/graphql.ts";
import { useRefusalText } from "../../refusals/use-refusal-text.ts";
import { useOrganization } from "../../session/organization.ts";
import { useSetSearch } from "../../url/use-set-search.ts";
import { ReceivedItem } from "./received-item.tsx";
import styles from "./requests-panel.module.css";
import { testReceiverRoute } from "./test-receiver-route.ts";

const RequestsPanel_Clear = graphql(`
  mutation RequestsPanel_Clear($input: ClearTestReceiverInput!) {
    clearTestReceiver(input: $input) {
      testReceiver {
        requestCount
      }
      errors {
        ...Refusal
      }
    }
  }
`);

/** What arrived, newest first; one request at a time is open. */
export function RequestsPanel({ receiver, canManage }: { receiver: TestReceiverStateFragment; canManage: boolean }) {
  const intl = useIntl();
  const { id: organizationId } = useOrganization();
  const { request: openId } = testReceiverRoute.useSearch();
  const setSearch = useSetSearch<{ request: string }>();
  const [{ data, error, fetching }, clear] = useMutation(RequestsPanel_Clear);
  const problem = useRefusalText(data?.clearTestReceiver.errors, error);
  const { requests, requestCount } = receiver;
  return (
    <Panel
      title={intl.formatMessage({ id: "receiver.requests" })}
      aside={
        requestCount > 0 && (
          <div className={styles["aside"]}>
            <span className={styles["count"]}>
              <FormattedMessage id="receiver.requestsHint" values={{ count: requestCount }} />
            </span>
            {canManage && (
              <Button
                size="compact-sm"
                variant="default"
                loading={fetching}
                onClick={() => {
                  setSearch({ request: undefined });
                  void clear({ input: { organizationId } });
                }}
              >
                <FormattedMessage id="receiver.clear" />
              </Button>
            )}
          </div>
        )
      }
    >
      {problem !== null && !fetching && <Problem>{problem}</Problem>}
      {requests.length === 0 ? (
        <EmptyState title={intl.formatMessage({ id: "receiver.empty" })}>
          <StateHint>
            <FormattedMessage id={canManage ? "receiver.emptyHint" : "receiver.emptyHintViewer"} />
          </StateHint>
        </EmptyState>
      ) : (
        <ul className={styles["list"]} aria-label={intl.formatMessage({ id: "receiver.requests" })}>
          {requests.map((request) => (
            <ReceivedItem
              key={request.id}
              request={request}
              isOpen={request.id === openId}
              onToggle={() => setSearch({ request: request.id === openId ? undefined : request.id })}
            />
          ))}
        </ul>
      )}
      {requestCount > requests.length && (
        <p className={styles["note"]}>
          <FormattedMessage id="receiver.first" values={{ count: requests.length }} />
        </p>
      )}
    </Panel>
  );
}
