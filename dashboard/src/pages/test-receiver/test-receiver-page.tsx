import { FormattedMessage, useIntl } from "react-intl";
import { PageHeader } from "../../components/page-header.tsx";
import { QueryBoundary } from "../../components/query-boundary.tsx";
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
      <QueryBoundary data={receiver} error={error} onRetry={reload}>
        {(shown) => (
          <>
            {shown.isOneOfSeveral && (
              <p className={styles["several"]} role="status">
                <FormattedMessage id="receiver.several" />
              </p>
            )}
            <div className={styles["columns"]}>
              <AddressPanel url={shown.url} />
              <BehaviourPanel organizationId={organizationId} behaviour={shown} canManage={access.canManage} />
            </div>
            <RequestsPanel receiver={shown} canManage={access.canManage} />
          </>
        )}
      </QueryBoundary>
    </>
  );
}
