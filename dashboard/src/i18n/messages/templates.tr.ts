import type { templatesEn } from "./templates.en.ts";

export const templatesTr: Record<keyof typeof templatesEn, string> = {
  "templates.title": "Şablonlar",
  "templates.description":
    "Siparişleri bir dakikada bağlayabileceğiniz sistemler: ne gönderileceği, nasıl oturum açılacağı ve neyin başarı sayılacağı hazır.",
  "templates.newHint": "Siparişler nereye gitsin? Bir sistem seçin veya sıfırdan başlayıp her şeyi kendiniz ayarlayın.",
  "templates.search": "Sistem ara",
  "templates.category": "Sistemin türü",
  "templates.allCategories": "Tümü",
  "templates.found": "{count, plural, one {# şablon} other {# şablon}}",
  "templates.noMatch": "Eşleşen şablon yok",
  "templates.noMatchHint": "Kendi webhook'unuz siparişleri istediğiniz adrese, istediğiniz biçimde gönderir.",
  "templates.fromScratch": "Sıfırdan başla",
  "templates.unknown": "Böyle bir şablon yok",
  "templates.unknownHint": "Adı değişmiş veya kaldırılmış. Diğerlerinin hepsi galeride.",
  "templates.all": "Tüm şablonlar",

  "templateCategory.CRM": "CRM",
  "templateCategory.ERP": "ERP",
  "templateCategory.CHAT": "Ekip sohbeti",
  "templateCategory.AUTOMATION": "Otomasyon",
  "templateCategory.CUSTOM": "Kendi sisteminiz",

  "templateForm.title": "Yeni webhook: {system}",
  "templateForm.enter": "{system} için gerekenler",
  "templateForm.optional": "{label} (isteğe bağlı)",
  "templateForm.unusual": "Bu, olması gerektiği gibi yazılmamış. Örnek: {example}.",
  "templateForm.preparation": "İlk siparişten önce, {system} tarafında:",
  "templateForm.documentation": "{system} belgeleri",
  "templateForm.imitation": "Taklidimizle alıştırma yap",
  "templateForm.imitationHint":
    "Siparişler {system} yerine bu üründeki bir taklide gider; o da aynı kurallarla denetler. Dışarıya hiçbir şey gitmez, yukarıdaki alanlar boş kalabilir.",
  "templateForm.prefilled": "Hazır doldurulanlar: ad, olay türleri ve diğerleri",
  "templateForm.preview": "Ne gönderilecek",
  "templateForm.previewHint":
    "Örnek bir sipariş için; girilmeyenlerin yerinde örnekler durur. İmza ve oturum bilgileri eklenir. Şimdi hiçbir şey gönderilmez.",
  "created.next": "Sırada ne var",
  "created.orderHint":
    "Sıradaki sipariş {system} sistemine gider. Şimdi bir tane yayımlayıp ulaştığını izleyebilirsiniz.",
  "created.imitationHint":
    "Bu webhook taklidimize gönderir. Her şey yolundaysa gerçek {system} için aynı şablondan bir tane daha oluşturun.",
  "created.publish": "Deneme siparişi yayımla",
  "created.imitation": "Taklide gelenler",
  "templateForm.back": "Başka bir şablon",
};
