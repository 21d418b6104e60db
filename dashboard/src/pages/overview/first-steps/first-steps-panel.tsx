import { Button } from "@mantine/core";
import { Circle, CircleCheck } from "lucide-react";
import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { Panel } from "../../../components/panel.tsx";
import { Problem } from "../../../components/problem.tsx";
import { formatResponseTime } from "../../../components/response-time.ts";
import { outcomeMessage } from "../../../deliveries/failure.ts";
import styles from "./first-steps-panel.module.css";
import type { StepsDone } from "./steps-done.ts";
import { useStepActions } from "./use-step-actions.ts";

/** From an empty organization to the first order that a receiver accepted: each step ticks itself. */
export function FirstStepsPanel({
  organizationId,
  canManage,
  steps,
  onChanged,
  onClose,
}: {
  organizationId: string;
  canManage: boolean;
  steps: StepsDone;
  onChanged: () => void;
  onClose: () => void;
}) {
  const intl = useIntl();
  const actions = useStepActions(organizationId, onChanged);
  const { hasWebhook, hasOrder, accepted, latest } = steps;
  return (
    <Panel
      title={intl.formatMessage({ id: "firstSteps.title" })}
      aside={
        accepted !== null && (
          <Button variant="default" size="xs" onClick={onClose}>
            <FormattedMessage id="firstSteps.close" />
          </Button>
        )
      }
    >
      <ol className={styles["steps"]}>
        <Step title={<FormattedMessage id="firstSteps.webhook" />} isDone={hasWebhook} isNext={!hasWebhook}>
          <p>
            <FormattedMessage id="firstSteps.webhookHint" />
          </p>
          {canManage && !hasWebhook && (
            <Button size="sm" loading={actions.isBusy} onClick={() => void actions.createWebhook()}>
              <FormattedMessage id="firstSteps.createWebhook" />
            </Button>
          )}
        </Step>
        <Step
          title={<FormattedMessage id="firstSteps.order" />}
          isDone={hasOrder && hasWebhook}
          isNext={hasWebhook && !hasOrder}
        >
          <p>
            <FormattedMessage id="firstSteps.orderHint" />
          </p>
          {canManage && hasWebhook && accepted === null && (
            <Button
              size="sm"
              variant={hasOrder ? "default" : "filled"}
              loading={actions.isBusy}
              onClick={() => void actions.publish()}
            >
              <FormattedMessage id={hasOrder ? "firstSteps.publishAgain" : "firstSteps.publish"} />
            </Button>
          )}
        </Step>
        <Step
          title={<FormattedMessage id="firstSteps.arrival" />}
          isDone={accepted !== null}
          isNext={hasWebhook && hasOrder && accepted === null}
        >
          <p role="status">
            <Arrival accepted={accepted} latest={latest} />
          </p>
        </Step>
      </ol>
      {actions.problem !== null && (
        <div className={styles["problem"]}>
          <Problem>{actions.problem}</Problem>
        </div>
      )}
      {!canManage && accepted === null && (
        <p className={styles["note"]}>
          <FormattedMessage id="firstSteps.readOnly" />
        </p>
      )}
    </Panel>
  );
}

function Step({
  title,
  isDone,
  isNext,
  children,
}: {
  title: ReactNode;
  isDone: boolean;
  isNext: boolean;
  children: ReactNode;
}) {
  const Icon = isDone ? CircleCheck : Circle;
  return (
    <li className={styles["step"]} data-done={isDone} {...(isNext && { "aria-current": "step" })}>
      <Icon className={styles["icon"]} size={22} aria-hidden="true" />
      <div className={styles["words"]}>
        <h3 className={styles["title"]}>
          {title}
          <span className="visually-hidden">
            {" "}
            <FormattedMessage id={isDone ? "firstSteps.done" : "firstSteps.open"} />
          </span>
        </h3>
        {children}
      </div>
    </li>
  );
}

function Arrival({ accepted, latest }: Pick<StepsDone, "accepted" | "latest">) {
  const intl = useIntl();
  if (accepted !== null) {
    const time = formatResponseTime(intl, accepted.responseTimeMs ?? 0);
    return <FormattedMessage id="firstSteps.arrived" values={{ status: accepted.responseStatus, time }} />;
  }
  if (latest === null) return <FormattedMessage id="firstSteps.arrivalHint" />;
  if (latest.status === "SKIPPED") return <FormattedMessage id="outcome.skipped" />;
  if (latest.outcome == null) return <FormattedMessage id="firstSteps.underWay" />;
  return (
    <>
      {latest.responseStatus != null && <b>{`HTTP ${latest.responseStatus} `}</b>}
      <FormattedMessage id={outcomeMessage({ ...latest, outcome: latest.outcome })} />
    </>
  );
}
