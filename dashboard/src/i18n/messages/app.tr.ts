import type { appEn } from "./app.en.ts";

export const appTr: Record<keyof typeof appEn, string> = {
  "app.title": "VERA-QR Webhooks",
  "app.product": "Webhooks",
  "app.skipToContent": "İçeriğe geç",

  "organization.label": "İşletme",
  "organization.noMatch": "Bu adla bir işletme yok",
  "organization.empty": "Henüz işletme yok",
  "organization.emptyHint": "İlk işletmeyi bir operatör createOrganization ile oluşturur.",

  "language.label": "Dil",
  "theme.label": "Görünüm",
  "theme.light": "Açık",
  "theme.dark": "Koyu",
  "theme.auto": "Cihazdaki gibi",

  "connection.connecting": "Bağlanıyor",
  "connection.live": "Canlı",
  "connection.reconnecting": "Yeniden bağlanıyor",
  "connection.connectingHint": "Canlı bağlantı kuruluyor",
  "connection.liveHint": "Değişiklikler kendiliğinden görünür",
  "connection.reconnectingHint": "Bağlantı koptu. Bu sırada olanlar bağlantı gelince eklenir.",

  "error.title": "Yüklenemedi",
  "error.retry": "Yeniden dene",
  "error.network": "Sunucuya ulaşılamıyor.",
  loading: "Yükleniyor",

  "navigation.label": "Sayfalar",
  "navigation.open": "Menüyü aç",
  "navigation.close": "Menüyü kapat",

  "shortcuts.title": "Klavye kısayolları",
  "shortcuts.help": "Bu listeyi göster veya gizle",
  "shortcuts.close": "Kapat",

  "notFound.title": "Sayfa bulunamadı",
  "notFound.hint": "Bu adreste bir şey yok veya görme yetkiniz yok.",
  "notFound.home": "Başlangıç sayfasına git",

  "managersOnly.title": "Bu sayfa sahipler ve yöneticiler içindir",
  "managersOnly.hint": "Rolünüzle izleyebilir, ama yönetemezsiniz. Daha fazlası gerekiyorsa işletme sahibine başvurun.",

  "accessEnded.title": "Artık {organization} işletmesinin üyesi değilsiniz",
  "accessEnded.hint": "Burada gördüklerinize artık erişemezsiniz. Bir yönetici sizi yeniden davet edebilir.",

  copied: "Kopyalandı",
  "dialog.close": "Kapat",
  "dialog.cancel": "Vazgeç",

  "filter.chosen": "{filter}: {chosen}",
  "filter.clear": "Süzgeçleri temizle",
  "filter.shortcut": "Aramaya git",
  "filter.clearSearch": "Aramayı temizle",

  "timeRange.label": "Zaman aralığı",
  "timeRange.1h": "Son bir saat",
  "timeRange.24h": "Son 24 saat",
  "timeRange.7d": "Son 7 gün",
  "timeRange.30d": "Son 30 gün",
  "timeRange.absolute": "Başlangıç – bitiş",
  "timeRange.since": "Başlangıç",
  "timeRange.until": "Bitiş",
  "timeRange.order": "Bitiş, başlangıçtan sonra olmalı.",

  "pager.newest": "En yeniler",
  "pager.older": "Daha eskiler",

  "form.required": "Bu alan gerekli.",
  "form.showSecret": "Göster veya gizle: {label}",

  "footer.signedIn": "{name} olarak giriş yapıldı",
};
