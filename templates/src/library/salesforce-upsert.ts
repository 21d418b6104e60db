import { SALESFORCE_AUTHENTICATION, SALESFORCE_INPUTS, SALESFORCE_PREPARATION } from "./salesforce-inputs.ts";
import { ALL_ORDER_EVENTS, templateInput, type WebhookTemplate } from "./webhook-template.ts";

export const salesforceUpsert: WebhookTemplate = {
  id: "salesforce-upsert",
  name: "Salesforce (upsert)",
  category: "crm",
  description:
    "Keeps one record of the custom object Order__c per order: created with the first event, updated with every further one. A repeated delivery changes nothing.",
  inputs: [
    ...SALESFORCE_INPUTS,
    templateInput({
      key: "externalIdField",
      label: "External id field",
      description: "API name of the field of Order__c that holds the order number and is marked as external id.",
      placeholder: "External_Id__c",
      pattern: "[A-Za-z][A-Za-z0-9_]{0,79}",
      defaultValue: "External_Id__c",
    }),
  ],
  url: "https://<instance>.salesforce.com/services/data/v58.0/sobjects/Order__c/<externalIdField>",
  request: {
    method: "PATCH",
    path: "/{{ data.order_number }}",
    headers: {},
    // Salesforce refuses the external id itself in the body.
    body: `{
  "Name": "{{ truncate(data.order_number, 80) }}",
  "Amount__c": "{{ data.total_amount }}",
  "Status__c": "{{ event == 'order.completed' ? 'Completed' : event == 'order.cancelled' ? 'Cancelled' : event == 'order.updated' ? 'In Progress' : 'Pending' }}",
  "Customer_Name__c": "{{ data.customer_name }}"
}`,
  },
  authentication: SALESFORCE_AUTHENTICATION,
  successCondition: null,
  events: ALL_ORDER_EVENTS,
  documentationUrl: "https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_upsert.htm",
  preparation: [
    ...SALESFORCE_PREPARATION,
    "A text field of Order__c, 100 characters or more, marked as external id and as unique: External_Id__c unless another is named.",
  ],
};
