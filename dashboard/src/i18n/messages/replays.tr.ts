import type { replaysEn } from "./replays.en.ts";

export const replaysTr: Record<keyof typeof replaysEn, string> = {
  "replay.open": "Yeniden gönder…",
  "replay.question": "Bu gönderimler yeniden gönderilsin mi?",
  "replay.counting": "Sayım yükleniyor",
  "replay.total": "{count, plural, =0 {Gönderilecek bir şey yok} other {# gönderim yeniden gönderilecek}}",
  "replay.toWebhook": "{webhook}: {count, number}",
  "replay.howSent": "Her biri aynı gövde ve kimlikle bir kez denenir; sıradaki gönderimler önceliklidir.",
  "replay.includesDelivered":
    "Daha önce kabul edilenler de bunların arasında. Alıcılar tekrarları kimliğinden tanır. Yalnızca başarısızları göndermek için duruma göre süzün.",
  "replay.excluded": "Gönderilmeyecekler:",
  "replay.excluded.OPEN": "Zaten sırada olan veya denenecek: {count, number}",
  "replay.excluded.WEBHOOK_OFF": "Webhook'u kapalı olan: {count, number}",
  "replay.excluded.WEBHOOK_DELETED": "Webhook'u silinmiş olan: {count, number}",
  "replay.excluded.FILTERED": "Webhook'un süzgecine uymayan: {count, number}",
  "replay.excluded.FILTER_FAILED": "Webhook'un süzgeci hesaplanamayan: {count, number}",
  "replay.confirm": "{count, plural, other {# gönderimi gönder}}",
  "replay.list": "Yeniden gönderilenler",
  "replay.progress": "İlerleme",
  "replay.status.RUNNING": "{count, plural, other {# gönderim yapılıyor}}",
  "replay.status.COMPLETED": "{count, plural, other {# gönderim yapıldı}}",
  "replay.status.CANCELLED": "{count, plural, other {# gönderim durduruldu}}",
  "replay.status.FAILED": "{count, plural, other {# gönderimin tamamı yapılamadı}}",
  "replay.counts": "{succeeded, number} teslim edildi · {failed, number} başarısız · {left, number} kaldı",
  "replay.leftOut": "{count, number} dışarıda bırakıldı",
  "replay.cancel": "Durdur",
};
