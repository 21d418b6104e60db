import type { eventsEn } from "./events.en.ts";

export const eventsTr: Record<keyof typeof eventsEn, string> = {
  "event.ORDER_CREATED": "Sipariş oluşturuldu",
  "event.ORDER_UPDATED": "Sipariş güncellendi",
  "event.ORDER_COMPLETED": "Sipariş tamamlandı",
  "event.ORDER_CANCELLED": "Sipariş iptal edildi",
  "event.DELIVERY_FAILED": "Teslimat başarısız",
  "event.WEBHOOK_FAILING": "Webhook hata veriyor",
  "event.WEBHOOK_DISABLED": "Webhook kapatıldı",
  "event.WEBHOOK_TEST": "Deneme",
};
