import { Button } from "@mantine/core";
import type { TemplateProblem } from "@vera-qr/templates";
import { useMemo, useState } from "react";
import { Controller } from "react-hook-form";
import { FormattedMessage, useIntl } from "react-intl";
import { CodeField } from "../code-editor/code-field.tsx";
import { Fold } from "../components/fold.tsx";
import formStyles from "../components/form.module.css";
import { LeavingGuard } from "../components/leaving-guard.tsx";
import { Panel } from "../components/panel.tsx";
import { Problem } from "../components/problem.tsx";
import { useFieldProblem } from "../forms/use-field-problem.ts";
import type { FormAnswer } from "../forms/use-server-form.ts";
import { BodyField } from "./body-field.tsx";
import { DryRunPanel } from "./dry-run-panel.tsx";
import { evaluateDraft } from "./evaluate-draft.ts";
import { FilterField } from "./filter-field.tsx";
import type { RequestChanges, SavedRequest } from "./request-draft.ts";
import { draftOfTemplate } from "./request-draft.ts";
import styles from "./request-editor.module.css";
import { type PreviewedWebhook, RequestPreview } from "./request-preview.tsx";
import { RevisionsPanel } from "./revisions-panel.tsx";
import { TargetFields } from "./target-fields.tsx";
import { useFieldProblems } from "./use-field-problems.ts";
import { usePreviewOrder } from "./use-preview-order.ts";
import { useRequestForm } from "./use-request-form.ts";
import { useVocabularies } from "./use-vocabularies.ts";

/** The webhook whose request is shown or edited. */
export interface WebhookRequest extends PreviewedWebhook, SavedRequest {
  readonly id: string;
  readonly organizationId: string;
}

/** What a webhook sends, and for which orders: edited beside a preview on a real one, tried on past ones before it is saved. */
export function RequestEditor({
  webhook,
  send,
}: {
  webhook: WebhookRequest;
  send: (changes: RequestChanges) => Promise<FormAnswer>;
}) {
  const intl = useIntl();
  const [news, setNews] = useState<"saved" | number | null>(null);
  const request = useRequestForm(webhook, send, () => setNews("saved"));
  const { form, submit, draft, isChanged } = request;
  const order = usePreviewOrder(webhook.organizationId);
  const { payload } = order;
  const outcome = useMemo(() => evaluateDraft(draft, payload), [draft, payload]);
  const vocabularies = useVocabularies();
  const filterRefusal = useFieldProblem(form.formState.errors, "filter");
  const successRefusal = useFieldProblem(form.formState.errors, "successCondition");
  const successProblems = useFieldProblems(outcome.problems, "successCondition");
  return (
    <>
      <form className={styles["editor"]} onSubmit={submit} onInput={() => setNews(null)} noValidate>
        <div className={styles["column"]}>
          {request.isOvertaken && (
            <div className={styles["overtaken"]} role="alert">
              <FormattedMessage id="request.changedByOthers" />
              <Button size="xs" variant="default" onClick={request.discard}>
                <FormattedMessage id="request.takeTheirs" />
              </Button>
            </div>
          )}
          <Panel title={intl.formatMessage({ id: "request.body" })}>
            <div className={styles["fields"]}>
              <BodyField
                form={form}
                body={draft.body}
                vocabulary={vocabularies.body}
                problems={outcome.problems}
                payload={payload}
              />
              <Fold titleId="request.target" isForcedOpen={hasTarget(webhook) || outcome.problems.some(isOfTarget)}>
                <TargetFields form={form} vocabulary={vocabularies.order} problems={outcome.problems} />
              </Fold>
            </div>
          </Panel>
          <Panel title={intl.formatMessage({ id: "requestFilter.title" })}>
            <div className={styles["fields"]}>
              <Controller
                control={form.control}
                name="filter"
                render={({ field: { value, onChange } }) => (
                  <FilterField
                    key={request.loads}
                    value={value}
                    vocabulary={vocabularies.order}
                    explanation={outcome.filter}
                    problems={outcome.problems}
                    payload={payload}
                    refusal={filterRefusal}
                    onChange={onChange}
                  />
                )}
              />
            </div>
          </Panel>
          <Panel title={intl.formatMessage({ id: "request.answer" })}>
            <div className={styles["fields"]}>
              <Fold
                titleId="request.success"
                isForcedOpen={webhook.successCondition !== null || successProblems.length > 0}
              >
                <Controller
                  control={form.control}
                  name="successCondition"
                  render={({ field: { value, onChange } }) => (
                    <CodeField
                      label={intl.formatMessage({ id: "request.successCondition" })}
                      description={intl.formatMessage({ id: "request.successHint" })}
                      language="expression"
                      vocabulary={vocabularies.answer}
                      value={value}
                      problems={successProblems}
                      refusal={successRefusal}
                      onChange={onChange}
                    />
                  )}
                />
              </Fold>
            </div>
          </Panel>
          <div className={styles["actions"]}>
            {request.problem !== null && <Problem>{request.problem}</Problem>}
            {request.problemCount > 0 && (
              <Problem>
                <FormattedMessage id="request.problemsFirst" values={{ count: request.problemCount }} />
              </Problem>
            )}
            <Button type="submit" loading={request.isBusy} disabled={!isChanged}>
              <FormattedMessage id="request.save" />
            </Button>
            {isChanged && (
              <Button variant="default" onClick={request.discard}>
                <FormattedMessage id="request.discard" />
              </Button>
            )}
            <p role="status" className={formStyles["done"]}>
              {news === "saved" && !isChanged && <FormattedMessage id="request.saved" />}
              {typeof news === "number" && <FormattedMessage id="revisions.restored" values={{ revision: news }} />}
            </p>
          </div>
        </div>
        <div className={styles["aside"]}>
          <RequestPreview webhook={webhook} order={order} outcome={payload === null ? null : outcome} />
        </div>
      </form>
      <DryRunPanel webhookConfigId={webhook.id} changes={request.changes} />
      <RevisionsPanel
        webhookConfigId={webhook.id}
        current={webhook.requestTemplate}
        onRestore={({ revision, ...template }) => {
          request.load(draftOfTemplate(template));
          setNews(revision);
        }}
      />
      <LeavingGuard
        isNeeded={isChanged}
        question={intl.formatMessage({ id: "request.leaveQuestion" })}
        confirmLabel={intl.formatMessage({ id: "request.leave" })}
      >
        <FormattedMessage id="request.leaveHint" />
      </LeavingGuard>
    </>
  );
}

function hasTarget({ requestTemplate }: SavedRequest): boolean {
  if (requestTemplate === null) return false;
  const { method, path, headers } = requestTemplate;
  return method !== "POST" || path !== null || Object.keys(headers).length > 0;
}

function isOfTarget({ place }: TemplateProblem): boolean {
  return place === "path" || place === "headers";
}
