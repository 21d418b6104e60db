import { Link } from "@tanstack/react-router";
import { FormattedMessage, useIntl } from "react-intl";
import { graphql } from "../../graphql/generated/gql.ts";
import type { SignatureCheckResultFragment } from "../../graphql/generated/graphql.ts";
import { useOrganization } from "../../session/organization.ts";
import { SignatureBadge } from "../../signatures/signature-badge.tsx";
import { differenceAt } from "./difference-at.ts";
import styles from "./signature-check-result.module.css";

graphql(`
  fragment SignatureCheckResult on SignatureCheck {
    deliveryId
    bodyDiffersAt
    findings {
      scheme
      verdict
      missingHeaders
      webhookConfig {
        id
        name
      }
    }
  }
`);

/** What was found about each signature that is there, the body, and the delivery that it may be. */
export function SignatureCheckResult({
  check: { findings, deliveryId, bodyDiffersAt },
  body,
}: {
  check: SignatureCheckResultFragment;
  /** What was checked. */
  body: string;
}) {
  const intl = useIntl();
  const { id: organizationId } = useOrganization();
  const present = findings.filter(({ verdict }) => verdict !== "ABSENT");
  const shown = present.length === 0 ? findings.slice(0, 1) : present;
  const isBodyRight = shown.every(({ verdict }) => verdict === "VALID");
  return (
    <div className={styles["result"]}>
      <ul className={styles["findings"]}>
        {[...new Map(shown.map((finding) => [finding.verdict, finding])).values()].map((finding) => (
          <li key={finding.verdict} className={styles["finding"]}>
            <div className={styles["head"]}>
              <SignatureBadge verdict={finding.verdict} />
              {present.length > 0 && (
                <span className={styles["schemes"]}>
                  {intl.formatList(
                    shown
                      .filter(({ verdict }) => verdict === finding.verdict)
                      .map(({ scheme }) => intl.formatMessage({ id: `signatureCheck.scheme.${scheme}` })),
                  )}
                </span>
              )}
            </div>
            <p className={styles["words"]}>
              <FormattedMessage id={`signature.hint.${finding.verdict}`} /> <Particulars finding={finding} />
            </p>
          </li>
        ))}
      </ul>
      {bodyDiffersAt != null && !isBodyRight && <Difference body={body} at={bodyDiffersAt} />}
      {deliveryId != null && (
        <Link
          className={styles["link"] ?? ""}
          to="/organizations/$organizationId/deliveries"
          params={{ organizationId }}
          search={{ delivery: deliveryId }}
        >
          <FormattedMessage id="signatureCheck.delivery" />
        </Link>
      )}
    </div>
  );
}

/** What is known beyond the verdict: which headers are missing, or whose secret it is. */
function Particulars({
  finding: { verdict, missingHeaders, webhookConfig },
}: {
  finding: SignatureCheckResultFragment["findings"][number];
}) {
  const intl = useIntl();
  const { id: organizationId } = useOrganization();
  if (verdict === "HEADERS_MISSING") {
    return <FormattedMessage id="signatureCheck.missing" values={{ names: intl.formatList(missingHeaders) }} />;
  }
  if (verdict !== "OTHER_WEBHOOK" || webhookConfig == null) return null;
  const webhook = (
    <Link
      className={styles["link"] ?? ""}
      to="/organizations/$organizationId/webhooks/$webhookConfigId"
      params={{ organizationId, webhookConfigId: webhookConfig.id }}
    >
      {webhookConfig.name}
    </Link>
  );
  return <FormattedMessage id="signatureCheck.madeBy" values={{ webhook }} />;
}

/** The place in the pasted body from which on it is another than the one that was sent. */
function Difference({ body, at }: { body: string; at: number }) {
  const { before, from, after } = differenceAt(body, at);
  return (
    <div>
      <p className={styles["words"]}>
        <FormattedMessage id="signatureCheck.differs" values={{ position: at + 1 }} />
      </p>
      <pre className={styles["excerpt"]}>
        {before}
        <mark>{from === "" ? <FormattedMessage id="signatureCheck.differsEnd" /> : from}</mark>
        {after}
      </pre>
    </div>
  );
}
