/** What people type who look for a template, in both languages, by its id; its name and description are found anyway. */
export const templateSynonyms: Readonly<Record<string, string>> = {
  custom: "own api rest http json url webhook kendi özel sistem adres yazılım entegrasyon ERP POS",
  salesforce: "sfdc sales cloud sobject CRM satış müşteri fırsat kayıt",
  "salesforce-upsert": "sfdc sales cloud sobject external id update CRM satış müşteri güncelle dış kimlik",
  hubspot: "deal pipeline marketing CRM anlaşma fırsat satış müşteri pazarlama",
  zoho: "deal bigin CRM anlaşma fırsat satış müşteri",
  pipedrive: "deal pipeline CRM anlaşma fırsat satış müşteri huni",
  odoo: "openerp erp xmlrpc json-rpc accounting muhasebe stok satış siparişi",
  "odoo-json2": "openerp erp json2 rest accounting muhasebe stok satış siparişi",
  slack: "chat channel message salesforce sohbet kanal mesaj bildirim mutfak ekip",
  teams: "microsoft office 365 ms power automate adaptive card chat sohbet kanal mesaj bildirim ekip",
  "google-chat": "gchat workspace hangouts gsuite space chat sohbet alan mesaj bildirim ekip",
  discord: "chat channel server message sohbet kanal sunucu mesaj bildirim ekip",
  zapier: "zap catch hook automation google sheets gmail otomasyon tablo e-posta bağlantı",
  make: "integromat scenario automation otomasyon senaryo tablo e-posta bağlantı",
  n8n: "workflow node automation self-hosted otomasyon iş akışı bağlantı",
};
