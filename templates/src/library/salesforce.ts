import { SALESFORCE_AUTHENTICATION, SALESFORCE_INPUTS, SALESFORCE_PREPARATION } from "./salesforce-inputs.ts";
import type { WebhookTemplate } from "./webhook-template.ts";

export const salesforce: WebhookTemplate = {
  id: "salesforce",
  name: "Salesforce",
  category: "crm",
  description: "Creates a record of the custom object Order__c for every new order.",
  inputs: SALESFORCE_INPUTS,
  url: "https://<instance>.salesforce.com/services/data/v58.0/sobjects/Order__c/",
  request: {
    method: "POST",
    path: null,
    headers: {},
    body: `{
  "Name": "{{ truncate(data.order_number, 80) }}",
  "Amount__c": "{{ data.total_amount }}",
  "Status__c": "Pending",
  "Customer_Name__c": "{{ data.customer_name }}"
}`,
  },
  authentication: SALESFORCE_AUTHENTICATION,
  successCondition: null,
  events: ["order.created"],
  documentationUrl: "https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_sobject_create.htm",
  preparation: SALESFORCE_PREPARATION,
};
