import type { profileEn } from "./profile.en.ts";

export const profileTr: Record<keyof typeof profileEn, string> = {
  "profile.title": "Profil",
  "profile.nameTitle": "Adınız",
  "profile.save": "Kaydet",
  "profile.saved": "Kaydedildi.",
  "profile.passwordTitle": "Parola",
  "profile.changePassword": "Parolayı değiştir",
  "profile.passwordChanged": "Değiştirildi. Diğer tüm oturumlar sona erdi.",
};
