import { type Actor, requireOrganization, requireScope } from "../access/actor.ts";
import type { Organizations } from "../access/organizations.ts";
import { InvalidInputError, type ReasonedProblem } from "../domain/errors.ts";
import { parseInput } from "../domain/parse-input.ts";
import { imitatedUrl, type ReceiverUrlOf } from "../receiver/receiver-url.ts";
import { expandTemplate } from "./expand-template.ts";
import { checkTemplateInputs, chosenTemplate, templateChoice } from "./template-choice.ts";
import type { WebhookConfigs } from "./webhook-configs.ts";
import { createWebhookConfigInput } from "./webhook-input.ts";
import type { WebhookWithSecret } from "./webhook-secrets.ts";

/** As callers write it: with a template, what it says need not be given. */
export const newWebhookInput = createWebhookConfigInput
  .partial({ name: true, url: true, events: true })
  .extend({ template: templateChoice.nullish() });

const ownerAndTemplate = newWebhookInput.pick({ organizationId: true }).extend({ template: templateChoice });

/** Creates a webhook, from a template if the input has one: what is given beside it wins. */
export type CreateWebhookConfig = (
  actor: Actor,
  input: Readonly<Record<string, unknown>>,
) => Promise<WebhookWithSecret>;

export function createCreateWebhookConfig(deps: {
  readonly webhookConfigs: Pick<WebhookConfigs, "create">;
  readonly organizations: Organizations;
  readonly receiverUrlOf: ReceiverUrlOf;
}): CreateWebhookConfig {
  const { webhookConfigs } = deps;
  return async (actor, input) => {
    requireScope(actor, "manage");
    if (input["template"] == null) return await webhookConfigs.create(actor, input);
    const { organizationId, template: choice } = parseInput(ownerAndTemplate, input);
    requireOrganization(actor, "manage", organizationId);
    await deps.organizations.require(organizationId);
    const template = chosenTemplate(choice);
    const values = checkTemplateInputs(template, choice);
    const receiverUrl = choice.imitation === true ? await deps.receiverUrlOf(organizationId) : null;
    const locate = (url: string): string => (receiverUrl === null ? url : imitatedUrl(receiverUrl, template.id, url));
    const { settings, origins } = expandTemplate(template, values, locate);
    const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value != null));
    try {
      return await webhookConfigs.create(actor, { ...settings, ...given }, template.id);
    } catch (error) {
      throw error instanceof InvalidInputError ? inCallersNames(error, origins, given) : error;
    }
  };
}

/** What the template made of an input is said to be wrong with the input. */
function inCallersNames(
  error: InvalidInputError,
  origins: ReadonlyMap<string, string>,
  given: Readonly<Record<string, unknown>>,
): InvalidInputError {
  return new InvalidInputError(
    error.problems.map((problem) => {
      const [setting = ""] = problem.field?.split(".") ?? [];
      const origin = setting in given ? undefined : origins.get(problem.field ?? "");
      return { ...problem, ...(origin !== undefined && { field: origin }) } as ReasonedProblem;
    }),
  );
}
