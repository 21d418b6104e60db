import { FormattedMessage } from "react-intl";
import { graphql } from "../graphql/generated/gql.ts";
import type { ReplayCountFragment } from "../graphql/generated/graphql.ts";
import styles from "./replay-dialog.module.css";

graphql(`
  fragment ReplayCount on ReplayCount {
    total
    byWebhook {
      count
      webhookConfig {
        id
        name
      }
    }
    excluded {
      reason
      count
    }
  }
`);

/** What would be sent again and to whom, and what matches but would not. */
export function ReplayCount({ count, includesDelivered }: { count: ReplayCountFragment; includesDelivered: boolean }) {
  return (
    <div className={styles["count"]}>
      <p className={styles["total"]}>
        <FormattedMessage id="replay.total" values={{ count: count.total }} />
      </p>
      {count.byWebhook.length > 0 && (
        <ul className={styles["parts"]}>
          {count.byWebhook.map((part) => (
            <li key={part.webhookConfig.id}>
              <FormattedMessage
                id="replay.toWebhook"
                values={{ count: part.count, webhook: part.webhookConfig.name }}
              />
            </li>
          ))}
        </ul>
      )}
      {count.total > 0 && (
        <p className={styles["note"]}>
          <FormattedMessage id={includesDelivered ? "replay.includesDelivered" : "replay.howSent"} />
        </p>
      )}
      {count.excluded.length > 0 && (
        <>
          <p className={styles["note"]}>
            <FormattedMessage id="replay.excluded" />
          </p>
          <ul className={styles["parts"]}>
            {count.excluded.map(({ reason, count: excluded }) => (
              <li key={reason}>
                <FormattedMessage id={`replay.excluded.${reason}`} values={{ count: excluded }} />
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
