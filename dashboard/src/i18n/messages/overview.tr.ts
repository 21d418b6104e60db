import type { overviewEn } from "./overview.en.ts";

export const overviewTr: Record<keyof typeof overviewEn, string> = {
  "overview.title": "Genel bakış",

  "volume.title": "Zamana göre gönderimler",
  "volume.time": "Zaman",

  "stats.title": "Son 24 saat",
  "stats.total": "Gönderim",
  "stats.successRate": "Başarı oranı",
  "stats.noneFinished": "Henüz sonuçlanan yok",
  "stats.average": "Ortalama yanıt",
  "stats.p95": "Yanıtların %95'i en geç",
};
