import type { overviewEn } from "./overview.en.ts";

export const overviewTr: Record<keyof typeof overviewEn, string> = {
  "overview.title": "Genel bakış",
  "overview.log": "Tüm gönderimler",

  "chart.time": "Zaman",
  "volume.title": "Zamana göre gönderimler",
  "responseTime.title": "Yanıt süreleri",

  "stats.total": "Gönderim",
  "stats.successRate": "Başarı oranı",
  "stats.p50": "Ortanca yanıt",
  "stats.p95": "%95'inin yanıtı",

  "queue.depth": "Şu an bekleyen",
  "queue.waitingRetries": "{count, plural, other {# tanesi yeniden denenecek}}",
  "queue.oldest": "En çok geciken",

  "condition.healthy": "Sorunsuz",
  "condition.unsteady": "Aksıyor",
  "condition.failing": "Hata veriyor",
  "condition.paused": "Ara verildi",
  "condition.unused": "Henüz kullanılmadı",
  "condition.off": "Kapalı",
  "webhook.history": "{success, number} kabul edildi, {failed, number} başarısız",

  "trouble.off": "Kapalı. Yeniden açılana kadar bir şey gönderilmez.",
  "trouble.offReason": "Kapatılma nedeni: {reason}",
  "trouble.offSince": "Kapatılma zamanı: {when}.",
  "trouble.gone": "Alıcı HTTP 410 (kalıcı olarak kaldırıldı) yanıtı verdiği için kapatıldı.",
  "trouble.disabledFailing": "Bir gün boyunca tüm denemeler başarısız olduğu için kapatıldı.",
  "trouble.missed":
    "{count, plural, other {Kapalı olduğu veya süzgeci hesaplanamadığı için # sipariş olayı saklandı, ilki {when}.}}",
  "trouble.missedWhileOff":
    "{count, plural, other {Bu sırada # sipariş olayı saklandı. Göndermek için webhook'u açın.}}",
  "trouble.failing":
    "{count, plural, =1 {# deneme başarısız oldu, {when}.} other {Art arda # deneme başarısız oldu, ilki {when}.}}",
  "trouble.paused": "Alıcıya ara verildi; sonraki deneme {when}.",
  "trouble.retrying": "{count, plural, other {# gönderim yeniden denenecek.}}",
  "trouble.disabling": "Otomatik kapatılmaya giden yolun {progress} kadarı geçildi",
  "trouble.disablingLabel": "Otomatik kapatılmaya ne kadar yakın",

  "repair.missed": "{count, plural, other {Kaçırılan # olayı gönder}}",
  "repair.failed": "{count, plural, other {Başarısız # gönderimi yeniden dene}}",
  "repair.waiting": "{count, plural, =1 {Bekleyen gönderimi şimdi dene} other {Bekleyen # gönderimi şimdi dene}}",
  "repair.started": "{count, plural, other {# gönderim yeniden yapılıyor.}}",

  "firstSteps.title": "İlk adımlar",
  "firstSteps.close": "Kapat",
  "firstSteps.done": "(tamamlandı)",
  "firstSteps.open": "(yapılacak)",
  "firstSteps.webhook": "Webhook oluşturun",
  "firstSteps.webhookHint":
    "Webhook, siparişlerin nereye gönderileceğini belirler. Denemek için yerleşik test alıcınıza yönlendirin.",
  "firstSteps.createWebhook": "Test webhook'u oluştur",
  "firstSteps.webhookName": "Test alıcısı",
  "firstSteps.order": "Test siparişi yayımlayın",
  "firstSteps.orderHint": "Sipariş sisteminiz bunu misafirlerin her siparişi için yapacak.",
  "firstSteps.publish": "Test siparişi yayımla",
  "firstSteps.publishAgain": "Bir tane daha yayımla",
  "firstSteps.nobody": "Bu siparişi alan webhook yok. Yeni siparişlere abone olan bir webhook'u açın.",
  "firstSteps.arrival": "Ulaştığını görün",
  "firstSteps.arrivalHint": "Alıcının yanıtı burada kendiliğinden görünür.",
  "firstSteps.underWay": "Yolda …",
  "firstSteps.arrived": "İlk siparişiniz ulaştı: HTTP {status}, {time}.",
  "firstSteps.readOnly": "Bu adımları webhook'ları yönetebilen biri atabilir.",
};
