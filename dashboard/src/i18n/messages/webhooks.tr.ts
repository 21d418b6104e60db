import type { webhooksEn } from "./webhooks.en.ts";

export const webhooksTr: Record<keyof typeof webhooksEn, string> = {
  "webhooks.title": "Webhook'lar",
  "webhooks.empty": "Henüz webhook yok",
  "webhooks.emptyHint": "createWebhookConfig ile veya POST /api/webhooks isteğiyle bir tane oluşturun.",
  "webhooks.more": "Yalnızca ilk {count, number} webhook gösteriliyor.",
  "webhook.on": "Açık",
  "webhook.off": "Kapalı",
  "webhook.disabledGone": "Alıcı HTTP 410 (kalıcı olarak kaldırıldı) yanıtı verdiği için kapatıldı.",
  "webhook.disabledReason": "Kapatılma nedeni: {reason}",
  "webhook.lastTriggered": "Son kullanım {when}",
  "webhook.neverTriggered": "Henüz kullanılmadı",
  "webhook.test": "Deneme gönder",
  "webhook.testSucceeded": "HTTP {status} ile kabul edildi, {time}",
  "webhook.testRejected": "HTTP {status} ile reddedildi, {time}",
  "webhook.testFailed": "Yanıt yok: {reason}",
  "webhook.testFailedUnknown": "Yanıt yok",
  "webhook.readOnly": "Rolünüz görmenize izin veriyor, değiştirmenize değil.",
};
