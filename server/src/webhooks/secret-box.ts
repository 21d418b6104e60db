import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

/** Encrypts secrets at rest: AES-256-GCM with a random 96-bit nonce. The owner is authenticated too, so a ciphertext copied to another row does not open. */
export interface SecretBox {
  seal(plaintext: string, owner: SecretOwner): string;
  /** @throws SecretUnreadableError when the key, the owner or the text is not the one it was sealed with. */
  open(sealed: string, owner: SecretOwner): string;
}

export interface SecretOwner {
  readonly organizationId: string;
  readonly webhookConfigId: string;
}

export class SecretUnreadableError extends Error {
  constructor() {
    super("A stored secret cannot be opened with this encryption key.");
  }
}

const VERSION = "v1";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export function createSecretBox(key: Buffer): SecretBox {
  return {
    seal(plaintext, owner) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(associatedData(owner));
      const ciphertext = Buffer.concat([cipher.update(plaintext, "utf8"), cipher.final()]);
      return `${VERSION}:${Buffer.concat([nonce, ciphertext, cipher.getAuthTag()]).toString("base64")}`;
    },
    open(sealed, owner) {
      const [version, encoded = ""] = sealed.split(":");
      const bytes = Buffer.from(encoded, "base64");
      if (version !== VERSION || bytes.length < NONCE_BYTES + TAG_BYTES) throw new SecretUnreadableError();
      const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      })
        .setAAD(associatedData(owner))
        .setAuthTag(bytes.subarray(-TAG_BYTES));
      try {
        return decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, "utf8") + decipher.final("utf8");
      } catch {
        throw new SecretUnreadableError();
      }
    },
  };
}

function associatedData({ organizationId, webhookConfigId }: SecretOwner): Buffer {
  return Buffer.from(`${organizationId}/${webhookConfigId}`);
}
