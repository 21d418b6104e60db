import type { membersEn } from "./members.en.ts";

export const membersTr: Record<keyof typeof membersEn, string> = {
  "role.OWNER": "Sahip",
  "role.ADMIN": "Yönetici",
  "role.VIEWER": "İzleyici",

  "members.title": "Üyeler",
  "members.description":
    "Sahipler ve yöneticiler her şeyi değiştirebilir, sahipleri yalnızca sahipler atar; izleyiciler yalnızca bakar.",
  "members.empty": "Henüz katılan yok",
  "members.emptyHint": "Siparişlerin ulaşıp ulaşmadığını görecek kişileri davet edin.",
  "members.people": "Kişiler",
  "members.role": "Rol",
  "members.roleOf": "{name} kişisinin rolü",
  "members.remove": "Çıkar",
  "members.leave": "Ayrıl",
  "members.question.remove": "{name} bu işletmeden çıkarılsın mı?",
  "members.question.leave": "{name}, bu işletmeden ayrılmak istiyor musunuz?",
  "members.invitations": "Davetler",
  "members.invite": "Davet et",
  "members.expires": "{when} sona erer",
  "members.cancelInvitation": "Geri al",
  "members.link": "Davet bağlantısı",
  "members.copyLink": "Bağlantıyı kopyala",
  "members.linkHint":
    "Bu bağlantıyı yalnızca davet ettiğiniz kişiye verin. Bir daha gösterilmez ve 7 gün içinde bir kez kullanılabilir.",
};
