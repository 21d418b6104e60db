import { z } from "zod";

const PEM_LENGTH_MAX = 32_000;

const pem = z.string({ error: "must be a string" }).max(PEM_LENGTH_MAX, `must be at most ${PEM_LENGTH_MAX} characters`);

/** Empty takes the certificate away; the texts themselves are judged by `sealClientCertificate`. */
export const clientCertificate = z.object(
  {
    certificate: pem
      .nullish()
      .describe("PEM; further certificates of its chain may follow. Required unless the whole object is empty."),
    privateKey: pem
      .nullish()
      .describe(
        "PEM without a passphrase. Kept encrypted and never shown again. Absent or null keeps the saved one, if it belongs to the certificate.",
      ),
  },
  { error: "must be an object" },
);
export type GivenClientCertificate = z.output<typeof clientCertificate>;
