import { type TemplateAuthentication, TOKEN_PATTERN, templateInput } from "./webhook-template.ts";

/** What every template for Salesforce asks for: the client credentials flow needs the address of My Domain, not login.salesforce.com. */
export const SALESFORCE_INPUTS = [
  templateInput({
    key: "instance",
    label: "Instance",
    description:
      "What stands before .salesforce.com in the address of your organization (Setup › My Domain), for example acme.my; of a sandbox acme--uat.sandbox.my.",
    placeholder: "acme.my",
    pattern: "[A-Za-z0-9](?:[A-Za-z0-9.\\-]{0,200}[A-Za-z0-9])?",
  }),
  templateInput({
    key: "clientId",
    label: "Consumer key",
    description: "Of an external client app (or an older connected app) with the client credentials flow.",
    placeholder: "3MVG9pRzvMkjMb6lZlt3YjDQwe",
    pattern: TOKEN_PATTERN,
  }),
  templateInput({
    key: "clientSecret",
    label: "Consumer secret",
    description: "Of the same app.",
    placeholder: "A1B2C3D4E5F6",
    pattern: TOKEN_PATTERN,
    isSecret: true,
  }),
] as const;

export const SALESFORCE_AUTHENTICATION: TemplateAuthentication = {
  type: "oauth2ClientCredentials",
  tokenUrl: "https://<instance>.salesforce.com/services/oauth2/token",
  clientId: "<clientId>",
  clientSecret: "<clientSecret>",
  clientAuthentication: "body",
  scheme: "Bearer",
};

export const SALESFORCE_PREPARATION = [
  "A custom object with the API name Order__c; its field Name is text, no auto number.",
  "Its fields Amount__c (currency or number), Status__c (picklist or text) and Customer_Name__c (text, 200 characters or more).",
  "An external client app (or an older connected app) with the OAuth scope api and the client credentials flow, run as a user who may create and edit Order__c.",
] as const;
