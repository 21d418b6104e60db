import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { FormattedMessage, useIntl } from "react-intl";
import { useMutation } from "urql";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { Problem } from "../../components/problem.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { graphql } from "../../graphql/generated/gql.ts";
import type { ApiKeyItemFragment } from "../../graphql/generated/graphql.ts";
import { useRefusalText } from "../../refusals/use-refusal-text.ts";
import styles from "./api-keys-page.module.css";

graphql(`
  fragment ApiKeyItem on ApiKey {
    id
    name
    prefix
    scopes
    createdAt
    lastUsedAt
    expiresAt
    revokedAt
  }
`);

const ApiKeyItem_Revoke = graphql(`
  mutation ApiKeyItem_Revoke($input: RevokeApiKeyInput!) {
    revokeApiKey(input: $input) {
      apiKey {
        id
      }
      errors {
        ...Refusal
      }
    }
  }
`);

export function ApiKeyItem({
  apiKey,
  isWorking,
  onRevoked,
}: {
  apiKey: ApiKeyItemFragment;
  isWorking: boolean;
  onRevoked: () => void;
}) {
  const intl = useIntl();
  const { id, name, prefix, scopes } = apiKey;
  const [isAsking, confirmation] = useDisclosure(false);
  const [{ data, error, fetching }, revoke] = useMutation(ApiKeyItem_Revoke);
  const problem = useRefusalText(data?.revokeApiKey.errors, error);
  return (
    <li className={`${styles["item"]} ${isWorking ? "" : styles["ended"]}`} aria-label={name}>
      <div className={styles["words"]}>
        <div className={styles["head"]}>
          <span className={styles["name"]}>{name}</span>
          <span className={styles["prefix"]}>
            <span className="visually-hidden">
              <FormattedMessage id="apiKeys.prefix" />{" "}
            </span>
            {prefix}…
          </span>
        </div>
        <div className={styles["detail"]}>
          <KeyTimes apiKey={apiKey} isWorking={isWorking} />
        </div>
      </div>
      <ul className={styles["scopes"]} aria-label={intl.formatMessage({ id: "apiKeys.scopes" })}>
        {scopes.map((scope) => (
          <li key={scope} className={styles["scope"]}>
            <FormattedMessage id={`apiKeys.scope.${scope}`} />
          </li>
        ))}
      </ul>
      {isWorking && (
        <Button
          variant="default"
          size="sm"
          loading={fetching}
          aria-label={intl.formatMessage({ id: "apiKeys.revokeOf" }, { name })}
          onClick={confirmation.open}
        >
          <FormattedMessage id="apiKeys.revoke" />
        </Button>
      )}
      <ConfirmDialog
        isOpen={isAsking}
        question={intl.formatMessage({ id: "apiKeys.question" }, { name })}
        confirmLabel={intl.formatMessage({ id: "apiKeys.revoke" })}
        isDestructive
        onConfirm={() => void revoke({ input: { id } }).then(onRevoked)}
        onClose={confirmation.close}
      >
        <FormattedMessage id="apiKeys.consequence" />
      </ConfirmDialog>
      {problem !== null && !fetching && (
        <div className={styles["problem"]}>
          <Problem>{problem}</Problem>
        </div>
      )}
    </li>
  );
}

/** What became of the key, and when: "created …, last used …, expires …". */
function KeyTimes({ apiKey, isWorking }: { apiKey: ApiKeyItemFragment; isWorking: boolean }) {
  const { createdAt, lastUsedAt, expiresAt, revokedAt } = apiKey;
  return (
    <>
      <FormattedMessage id="apiKeys.createdAt" values={{ when: <RelativeTime at={createdAt} /> }} />
      {" · "}
      {lastUsedAt == null ? (
        <FormattedMessage id="apiKeys.neverUsed" />
      ) : (
        <FormattedMessage id="apiKeys.lastUsed" values={{ when: <RelativeTime at={lastUsedAt} /> }} />
      )}
      {" · "}
      {revokedAt != null ? (
        <FormattedMessage id="apiKeys.revokedAt" values={{ when: <RelativeTime at={revokedAt} /> }} />
      ) : expiresAt == null ? (
        <FormattedMessage id="apiKeys.neverExpires" />
      ) : (
        <FormattedMessage
          id={isWorking ? "apiKeys.expires" : "apiKeys.expired"}
          values={{ when: <RelativeTime at={expiresAt} /> }}
        />
      )}
    </>
  );
}
