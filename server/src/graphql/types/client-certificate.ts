import type { CertificateFacts } from "../../webhooks/sealed-certificate.ts";
import { builder } from "../builder.ts";

export const ClientCertificateInput = builder.inputType("ClientCertificateInput", {
  description: "A certificate to log in with (mTLS). An empty object takes the saved one away.",
  fields: (t) => ({
    certificate: t.string({ description: "PEM; certificates of its chain may follow." }),
    privateKey: t.string({
      description:
        "PEM without a passphrase. Kept encrypted and never shown again. Absent or null keeps the saved one, if it belongs to the certificate.",
    }),
  }),
});

export const ClientCertificateRef = builder.objectRef<CertificateFacts>("ClientCertificate").implement({
  description:
    "The certificate that TLS connections to the receiver, and to its token endpoint, identify themselves with.",
  fields: (t) => ({
    subject: t.exposeString("subject", { description: "Whose it is: a distinguished name." }),
    issuer: t.exposeString("issuer", { description: "Who vouches for it: a distinguished name." }),
    expiresAt: t.expose("expiresAt", { type: "DateTime", description: "When it ends." }),
  }),
});
