import type { signaturesEn } from "./signatures.en.ts";

export const signaturesTr: Record<keyof typeof signaturesEn, string> = {
  "signature.VALID": "Doğrulandı",
  "signature.VALID_BY_PREVIOUS_SECRET": "Eski anahtarla doğrulandı",
  "signature.TIMESTAMP_TOO_OLD": "Doğru ama çok eski",
  "signature.TIMESTAMP_TOO_NEW": "Doğru ama saati ileride",
  "signature.ABSENT": "İmzasız",
  "signature.HEADERS_MISSING": "Başlık eksik",
  "signature.MALFORMED": "Bizim imza biçimimiz değil",
  "signature.BODY_PADDED": "Boşluk eklenmiş",
  "signature.BODY_REWRITTEN": "Gövde yeniden yazılmış",
  "signature.BODY_CHANGED": "Gövde değiştirilmiş",
  "signature.ID_OR_TIMESTAMP_CHANGED": "Kimlik veya zaman değişmiş",
  "signature.RETIRED_SECRET": "Değiştirilmiş anahtar",
  "signature.OTHER_WEBHOOK": "Başka webhook'un anahtarı",
  "signature.MISMATCH": "Doğrulanamadı",
  "signature.hint.VALID":
    "İstek bizden geldi ve değişmemiş. Alıcınız yine de reddediyorsa başka bir anahtar kullanıyor veya ham gövdeyi doğrulamıyordur.",
  "signature.hint.VALID_BY_PREVIOUS_SECRET":
    "İstek bizden geldi. Son yenilemeden önceki anahtarla doğrulanıyor; o anahtar bir süre daha imzalar. Alıcınıza yenisini verin.",
  "signature.hint.TIMESTAMP_TOO_OLD":
    "İstek bizden geldi ve değişmemiş, ama zaman damgası beş dakikadan eski. Sonradan kontrol ettiğiniz bir istekte bu olağandır. Alıcınız isteği geldiği anda reddettiyse saati ileridir.",
  "signature.hint.TIMESTAMP_TOO_NEW":
    "İstek bizden geldi ve değişmemiş, ama zaman damgası beş dakikadan fazla ileride. Bir saat yanlış.",
  "signature.hint.ABSENT": "Bu servisin imza başlıklarından hiçbiri yok; büyük olasılıkla bizden gelmedi.",
  "signature.hint.HEADERS_MISSING":
    "Bu imza için başlıkların hepsi gerekir. Bir vekil sunucu bazılarını atmış olabilir.",
  "signature.hint.MALFORMED": "Bir başlık, gönderdiğimiz biçimde değil. Yolda kısaltılmış veya çözülmüş olabilir mi?",
  "signature.hint.BODY_PADDED":
    "Başındaki ve sonundaki boşluklar olmadan gövde doğrulanıyor. Yolda bir şey bunları eklemiş; tipik örnek, sondaki satır sonudur.",
  "signature.hint.BODY_REWRITTEN":
    "Boşluksuz JSON hâliyle gövde doğrulanıyor: çözümlenip yeniden yazılmış. Alıcınız, gövdeyi çözümlemeden önce ham baytları doğrulamalı.",
  "signature.hint.BODY_CHANGED": "Böyle bir gönderim var, ama gövdesi farklıydı.",
  "signature.hint.ID_OR_TIMESTAMP_CHANGED": "Gövde bizim, ama webhook-id veya webhook-timestamp imzalanandan farklı.",
  "signature.hint.RETIRED_SECRET":
    "Artık kullanılmayan bir anahtarla imzalanmış. Şimdi gönderilen istekler yeni anahtarla imzalanır.",
  "signature.hint.OTHER_WEBHOOK": "Başka bir webhook'unuzun anahtarıyla imzalanmış.",
  "signature.hint.MISMATCH":
    "Bu imzayı ne şimdiki ne de önceki anahtar üretiyor. Başka bir anahtarla yapılmış ya da gövde değiştirilmiş.",
  "signatureCheck.title": "Yapıştırılan imzayı kontrol et",
  "signatureCheck.hint":
    "Alıcınız bir isteği reddediyor mu? Geldiği gibi yapıştırın; bizden gelip gelmediğini, gelmediyse neyin yanlış olduğunu öğrenin. Gizli anahtar sunucudan çıkmaz, hiçbir şey saklanmaz.",
  "signatureCheck.headers": "Başlıklar",
  "signatureCheck.headersHint": "Satır satır, JSON olarak veya ham isteğin tamamı.",
  "signatureCheck.headersNeeded": "İçinde hiçbir başlık bulunamadı.",
  "signatureCheck.body": "Gövde",
  "signatureCheck.bodyHint": "Çözümlenmeden önce, tam geldiği gibi.",
  "signatureCheck.check": "Kontrol et",
  "signatureCheck.scheme.STANDARD_WEBHOOKS": "Standard Webhooks (webhook-signature)",
  "signatureCheck.scheme.X_WEBHOOK_SIGNATURE": "X-Webhook-Signature",
  "signatureCheck.missing": "Eksik: {names}",
  "signatureCheck.madeBy": "Anahtarın sahibi: {webhook}.",
  "signatureCheck.differs": "{position, number}. karakterden itibaren gönderdiğimizden farklı:",
  "signatureCheck.differsEnd": "son",
  "signatureCheck.delivery": "Gönderimi göster",
};
