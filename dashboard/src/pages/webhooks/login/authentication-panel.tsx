import { Button } from "@mantine/core";
import { useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { Badge } from "../../../components/badge.tsx";
import { Fact, Facts, Verbatim } from "../../../components/facts.tsx";
import { useNowMs } from "../../../components/now.ts";
import { Panel } from "../../../components/panel.tsx";
import { RelativeTime } from "../../../components/relative-time.tsx";
import type { WebhookLoginFragment } from "../../../graphql/generated/graphql.ts";
import { AuthenticationForm } from "./authentication-form.tsx";
import styles from "./login.module.css";

type Authentication = NonNullable<WebhookLoginFragment["authentication"]>;

/** How requests log in at the receiver: what may be shown of it, and the form that changes it. */
export function AuthenticationPanel({
  webhook: { id, authentication = null },
  canManage,
}: {
  webhook: WebhookLoginFragment;
  canManage: boolean;
}) {
  const intl = useIntl();
  const [isChanging, setIsChanging] = useState(false);
  const [isSaved, setIsSaved] = useState(false);
  return (
    <Panel title={intl.formatMessage({ id: "login.title" })}>
      {isChanging ? (
        <AuthenticationForm
          webhookConfigId={id}
          saved={authentication}
          onDone={() => {
            setIsChanging(false);
            setIsSaved(true);
          }}
          onCancel={() => setIsChanging(false)}
        />
      ) : (
        <div className={styles["content"]}>
          {authentication === null ? (
            <p className={styles["hint"]}>
              <FormattedMessage id="login.hint.NONE" />
            </p>
          ) : (
            <AuthenticationFacts authentication={authentication} />
          )}
          {canManage && (
            <div className={styles["actions"]}>
              <Button
                variant="default"
                onClick={() => {
                  setIsSaved(false);
                  setIsChanging(true);
                }}
              >
                <FormattedMessage id={authentication === null ? "login.add" : "login.change"} />
              </Button>
              <p role="status" className={styles["done"]}>
                {isSaved && <FormattedMessage id="webhook.saved" />}
              </p>
            </div>
          )}
        </div>
      )}
    </Panel>
  );
}

function AuthenticationFacts({ authentication }: { authentication: Authentication }) {
  const { type, headerName, username, tokenUrl, clientId, scope, scheme } = authentication;
  return (
    <Facts>
      <Fact name="login.type">
        <FormattedMessage id={`login.type.${type}`} />
      </Fact>
      {headerName != null && (
        <Fact name="login.headerName">
          <Verbatim>{headerName}</Verbatim>
        </Fact>
      )}
      {username != null && <Fact name="login.username">{username}</Fact>}
      {tokenUrl != null && (
        <Fact name="login.tokenUrl">
          <Verbatim>{tokenUrl}</Verbatim>
        </Fact>
      )}
      {clientId != null && (
        <Fact name="login.clientId">
          <Verbatim>{clientId}</Verbatim>
        </Fact>
      )}
      {scope != null && <Fact name="login.scope">{scope}</Fact>}
      {scheme != null && <Fact name="login.scheme">{scheme}</Fact>}
      <Fact name={`login.secret.${type}`}>
        <FormattedMessage id="login.hidden" />
      </Fact>
      {tokenUrl != null && (
        <Fact name="login.token">
          <TokenState authentication={authentication} />
        </Fact>
      )}
    </Facts>
  );
}

/** An access token is asked for with the first request, and renewed before it ends: its end is no trouble. */
function TokenState({ authentication: { tokenObtainedAt, tokenExpiresAt } }: { authentication: Authentication }) {
  const nowMs = useNowMs();
  if (tokenObtainedAt == null) return <FormattedMessage id="login.tokenNone" />;
  if (tokenExpiresAt == null) {
    return <FormattedMessage id="login.tokenSince" values={{ when: <RelativeTime at={tokenObtainedAt} /> }} />;
  }
  const isOver = Date.parse(tokenExpiresAt) <= nowMs;
  return (
    <Badge tone={isOver ? "neutral" : "success"}>
      <FormattedMessage
        id={isOver ? "login.tokenOver" : "login.tokenUntil"}
        values={{ when: <RelativeTime at={tokenExpiresAt} /> }}
      />
    </Badge>
  );
}
