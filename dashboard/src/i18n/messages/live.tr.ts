import type { liveEn } from "./live.en.ts";

export const liveTr: Record<keyof typeof liveEn, string> = {
  "live.title": "Canlı akış",
  "live.description": "Gönderimler anında burada. Okumak için akışı duraklatın; bu sırada hiçbir şey kaybolmaz.",
  "live.pause": "Duraklat",
  "live.resume": "Sürdür",
  "live.paused": "Duraklatıldı",
  "live.waiting": "{count, number} yeni",
  "live.noMatch": "Eşleşen bir gönderim henüz gelmedi",
  "live.noMatchHint": "Eşleşen yeni gönderimler kendiliğinden burada görünür.",
  "live.keyPause": "Akışı duraklat veya sürdür",
};
