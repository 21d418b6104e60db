import { FormattedMessage, useIntl } from "react-intl";
import { ErrorState, LoadingState } from "../../components/list-states.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { useOrganization } from "../../session/organization.ts";
import { AddressPanel } from "./address-panel.tsx";
import { BehaviourPanel } from "./behaviour-panel.tsx";
import { RequestsPanel } from "./requests-panel.tsx";
import styles from "./test-receiver-page.module.css";
import { useTestReceiver } from "./use-test-receiver.ts";

/** The built-in receiver: where it is, how it answers, and what arrived. */
export function TestReceiverPage() {
  const intl = useIntl();
  const { id: organizationId, access } = useOrganization();
  const { receiver, error, reload } = useTestReceiver(organizationId);
  return (
    <>
      <PageHeader
        title={intl.formatMessage({ id: "receiver.title" })}
        description={<FormattedMessage id="receiver.description" />}
      />
      {receiver === null && error === undefined && <LoadingState label={intl.formatMessage({ id: "loading" })} />}
      {receiver === null && error !== undefined && <ErrorState error={error} onRetry={reload} />}
      {receiver !== null && (
        <>
          {receiver.isOneOfSeveral && (
            <p className={styles["several"]} role="status">
              <FormattedMessage id="receiver.several" />
            </p>
          )}
          <div className={styles["columns"]}>
            <AddressPanel url={receiver.url} />
            <BehaviourPanel organizationId={organizationId} behaviour={receiver} canManage={access.canManage} />
          </div>
          <RequestsPanel receiver={receiver} canManage={access.canManage} />
        </>
      )}
    </>
  );
}
