export const templatesEn = {
  "templates.title": "Templates",
  "templates.description":
    "Systems that orders can be sent to in a minute: what to send, how to log in and what counts as success are ready.",
  "templates.newHint": "Where should orders go? Choose a system, or start from scratch and set everything yourself.",
  "templates.search": "Search systems",
  "templates.category": "Kind of system",
  "templates.allCategories": "All",
  "templates.found": "{count, plural, one {# template} other {# templates}}",
  "templates.noMatch": "No template matches",
  "templates.noMatchHint": "A webhook of your own sends orders to any address, in any form.",
  "templates.fromScratch": "Start from scratch",
  "templates.unknown": "This template does not exist",
  "templates.unknownHint": "It was renamed or removed. All others are in the gallery.",
  "templates.all": "All templates",

  "templateCategory.CRM": "CRM",
  "templateCategory.ERP": "ERP",
  "templateCategory.CHAT": "Team chat",
  "templateCategory.AUTOMATION": "Automation",
  "templateCategory.CUSTOM": "Your own system",

  "templateForm.title": "New webhook: {system}",
  "templateForm.enter": "What {system} needs to know",
  "templateForm.optional": "{label} (optional)",
  "templateForm.unusual": "This is not written as it has to be. It looks like {example}.",
  "templateForm.preparation": "Before the first order, in {system}:",
  "templateForm.documentation": "Documentation of {system}",
  "templateForm.imitation": "Practise with our imitation",
  "templateForm.imitationHint":
    "Orders go to a stand-in for {system} in this product, which checks them by the same rules. Nothing goes outside, and the fields above may stay empty.",
  "templateForm.prefilled": "Filled in already: name, event types and more",
  "templateForm.preview": "What will be sent",
  "templateForm.previewHint":
    "For an example order; examples stand for what is not entered. The signature and the login are added. Nothing is sent now.",
  "created.next": "What next",
  "created.orderHint": "The next order goes to {system}. You can publish one now and watch it arrive.",
  "created.imitationHint":
    "This webhook sends to our imitation. Once all is as it should be, make another one from the same template for the real {system}.",
  "created.publish": "Publish a test order",
  "created.imitation": "What the imitation got",
  "templateForm.back": "Other template",
} as const;
