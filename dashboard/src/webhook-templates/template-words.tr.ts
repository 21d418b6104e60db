import type { InputWords, TemplateWords } from "./template-words.ts";

const salesforceInputs: Readonly<Record<string, InputWords>> = {
  instance: {
    label: "Örnek (instance)",
    hint: "Kuruluşunuzun adresinde .salesforce.com'dan önceki kısım (Kurulum › My Domain); örneğin acme.my, deneme ortamında acme--uat.sandbox.my.",
  },
  clientId: {
    label: "Tüketici anahtarı (consumer key)",
    hint: "İstemci kimlik bilgileri akışı açık olan bağlı uygulamanın anahtarı.",
  },
  clientSecret: { label: "Tüketici sırrı (consumer secret)", hint: "Aynı uygulamanın sırrı." },
};

const salesforcePreparation = [
  "API adı Order__c olan özel bir nesne; Name alanı metin olmalı, otomatik numara değil.",
  "Alanları: Amount__c (para birimi veya sayı), Status__c (seçim listesi veya metin), Customer_Name__c (en az 200 karakterlik metin).",
  "OAuth kapsamı api olan, istemci kimlik bilgileri akışı açık bir bağlı uygulama; Order__c oluşturup düzenleyebilen bir kullanıcıyla çalışmalı.",
];

const odooInputs: Readonly<Record<string, InputWords>> = {
  host: { label: "Sunucu adresi", hint: "Odoo'nuzun adresi, https:// olmadan." },
  database: {
    label: "Veritabanı",
    hint: "Odoo Online'da .odoo.com'dan önceki kısım; değilse /web/database/selector sayfasındaki ad.",
  },
  apiKey: { label: "API anahtarı", hint: "Profiliniz › Hesap güvenliği › API anahtarları." },
};

const odooPreparation = [
  "CRM uygulaması ve fırsat oluşturabilen bir kullanıcı.",
  "Odoo Online'da dış API'ye erişim veren bir plan (Custom).",
];

const headerInputs: Readonly<Record<string, InputWords>> = {
  headerValue: {
    label: "Başlığın değeri",
    hint: "Alıcının bir başlıkta beklediği, örneğin bir anahtar; bearer belirteciyse önüne Bearer yazın.",
  },
  headerName: { label: "Başlığın adı", hint: "Değerin gönderileceği başlık." },
};

/** By the template's id. */
export const templateWordsTr: Readonly<Record<string, TemplateWords>> = {
  salesforce: {
    description: "Her yeni sipariş için Order__c özel nesnesinde bir kayıt oluşturur.",
    preparation: salesforcePreparation,
    inputs: salesforceInputs,
  },
  "salesforce-upsert": {
    description:
      "Her sipariş için Order__c özel nesnesinde tek bir kayıt tutar: ilk olayda oluşturulur, sonrakilerle güncellenir. Yinelenen gönderim hiçbir şeyi değiştirmez.",
    preparation: [
      ...salesforcePreparation,
      "Order__c nesnesinde en az 100 karakterlik, dış kimlik ve benzersiz olarak işaretli bir metin alanı; başka ad vermezseniz External_Id__c.",
    ],
    inputs: {
      ...salesforceInputs,
      externalIdField: {
        label: "Dış kimlik alanı",
        hint: "Order__c nesnesinde sipariş numarasını tutan, dış kimlik olarak işaretli alanın API adı.",
      },
    },
  },
  hubspot: {
    description: "Her yeni sipariş için bir anlaşma oluşturur.",
    preparation: [
      "crm.objects.deals.write kapsamına sahip özel bir uygulama.",
      "Hesabın varsayılan satış hattındaki anlaşma aşaması; appointmentscheduled baştan beri vardır.",
    ],
    inputs: {
      accessToken: {
        label: "Erişim belirteci",
        hint: "crm.objects.deals.write kapsamına sahip özel bir uygulamanın belirteci (Ayarlar › Entegrasyonlar › Özel Uygulamalar).",
      },
      dealStage: {
        label: "Anlaşma aşaması",
        hint: "Anlaşmaların başlayacağı aşamanın dahili adı (Ayarlar › Nesneler › Anlaşmalar › Satış hatları).",
      },
    },
  },
  zoho: {
    description: "Her yeni sipariş için bir anlaşma oluşturur.",
    preparation: [
      "API konsolunda bir istemci ve ZohoCRM.modules.deals.CREATE kapsamlı bir yenileme belirteci.",
      "Anlaşma düzeninde Deal_Name ve Stage dışında zorunlu alan (Pipeline, Closing_Date gibi) olmamalı; varsa gövdeye ekleyin.",
    ],
    inputs: {
      clientId: {
        label: "İstemci kimliği (client ID)",
        hint: "Veri merkezinizin API konsolundaki self client'ın veya başka bir istemcinin kimliği.",
      },
      clientSecret: { label: "İstemci sırrı (client secret)", hint: "Aynı istemcinin sırrı." },
      refreshToken: {
        label: "Yenileme belirteci",
        hint: "ZohoCRM.modules.deals.CREATE kapsamlı bir yetki belirtecinden bir kez alınır. Süresi dolmaz.",
      },
      dataCentre: {
        label: "Veri merkezi",
        hint: "Zoho CRM'i kullandığınız adresin sonu: crm.zoho.com, crm.zoho.eu …",
      },
      stage: { label: "Aşama", hint: "Anlaşmaların başlayacağı aşama, Stage seçim listesindeki yazılışıyla." },
    },
  },
  pipedrive: {
    description: "Her yeni sipariş için bir anlaşma oluşturur.",
    preparation: ["Para birimi hesapta etkin olmalı (Şirket ayarları › Para birimleri)."],
    inputs: {
      company: { label: "Şirket alan adı", hint: "Hesabınızın adresinde .pipedrive.com'dan önceki kısım." },
      apiToken: { label: "API belirteci", hint: "Kişisel tercihler › API." },
      currency: { label: "Para birimi", hint: "Sipariş tutarlarınınki: hesapta etkin bir ISO 4217 kodu." },
    },
  },
  odoo: {
    description: "Her yeni sipariş için Odoo CRM'de bir fırsat oluşturur; JSON-RPC ile, Odoo 21'e kadar.",
    preparation: odooPreparation,
    inputs: {
      ...odooInputs,
      userId: {
        label: "Kullanıcı numarası",
        hint: "Anahtarın sahibi kullanıcının numarası: kullanıcı sayfasının adresindeki id. İlk yönetici 2'dir.",
      },
    },
  },
  "odoo-json2": {
    description: "Her yeni sipariş için Odoo CRM'de bir fırsat oluşturur; JSON-2 API ile, Odoo 19 ve sonrası.",
    preparation: odooPreparation,
    inputs: odooInputs,
  },
  slack: {
    description: "Her yeni ve her iptal edilen sipariş için bir kanala mesaj yazar.",
    preparation: ["Gelen webhook'ları açık, kanala eklenmiş bir Slack uygulaması."],
    inputs: {
      url: {
        label: "Webhook URL'si",
        hint: "Gelen webhook'un adresi: uygulamanız › Incoming Webhooks. Bilen herkes kanala yazabilir.",
      },
    },
  },
  teams: {
    description: "Her yeni ve her iptal edilen sipariş için bir kanala veya sohbete kart gönderir.",
    preparation: [
      "“Teams web kancası isteği alındığında” ile başlayan, herkese açık ve kartı yayımlayan bir iş akışı.",
    ],
    inputs: {
      url: {
        label: "İş akışı URL'si",
        hint: "Kanal › İş akışları › Web kancası uyarılarını kanala gönder; URL en sonda gösterilir. Bilen herkes oraya yazabilir.",
      },
    },
  },
  "google-chat": {
    description: "Her yeni ve her iptal edilen sipariş için bir alana kart gönderir.",
    preparation: ["Chat içeren bir Google Workspace hesabı ve webhook'larını yönetebildiğiniz bir alan."],
    inputs: {
      url: {
        label: "Webhook URL'si",
        hint: "Alan › Uygulamalar ve entegrasyonlar › Webhook'lar. Bilen herkes alana yazabilir.",
      },
    },
  },
  discord: {
    description: "Her yeni ve her iptal edilen sipariş için bir kanala mesaj yazar.",
    preparation: ["Kanalın bir webhook'u; oluşturmak için Webhook'ları Yönet izni gerekir."],
    inputs: {
      url: {
        label: "Webhook URL'si",
        hint: "Kanalı düzenle › Entegrasyonlar › Webhook'lar. Bilen herkes kanala yazabilir.",
      },
    },
  },
  zapier: {
    description: "Her olayda bir Zap başlatır ve ona yükün tamamını verir.",
    preparation: ["Webhooks by Zapier › Catch Hook ile başlayan, açık bir Zap."],
    inputs: {
      url: {
        label: "Webhook URL'si",
        hint: "Webhooks by Zapier › Catch Hook tetikleyicisinin adresi. Bilen herkes Zap'i başlatabilir.",
      },
    },
  },
  make: {
    description: "Her olayda bir senaryo başlatır ve ona yükün tamamını verir.",
    preparation: ["Webhooks › Custom webhook ile başlayan, açık ve veri geldikçe hemen çalışan bir senaryo."],
    inputs: {
      url: {
        label: "Webhook URL'si",
        hint: "Webhooks › Custom webhook modülünün adresi. Bilen herkes senaryoyu başlatabilir.",
      },
      apiKey: { label: "API anahtarı", hint: "Webhook istiyorsa." },
    },
  },
  n8n: {
    description: "Her olayda bir iş akışı başlatır ve ona yükün tamamını verir.",
    preparation: ["Webhook düğümüyle başlayan, HTTP yöntemi POST olan etkin bir iş akışı."],
    inputs: {
      url: {
        label: "Üretim URL'si (production)",
        hint: "Webhook düğümünün adresi. Test URL'si tek bir çağrı dinler, bu yüzden kabul edilmez.",
      },
      ...headerInputs,
    },
  },
  custom: {
    name: "Özel REST",
    description: "Yükü olduğu gibi kendi sisteminize gönderir.",
    preparation: ["Sisteminiz imzayı denetler ve 30 saniye içinde 2xx yanıtı verir."],
    inputs: {
      url: {
        label: "URL",
        hint: "Sisteminizin olayları aldığı yer: herkese açık bir sunucuda, https ile.",
      },
      ...headerInputs,
    },
  },
};
