import { createCipheriv, createDecipheriv, hash, randomBytes } from 'node:crypto';

/**
 * Encrypts values for Redis. A value is bound to its name and context: copied to another key, it cannot be opened.
 */
export type Seal = {
  close(name: string, content: string): Buffer;
  /** Returns null for bytes that are damaged, foreign, or sealed with another version, secret, name or context. */
  open(name: string, bytes: Buffer): string | null;
  /** The same keys with another context, such as the account a value was read with. */
  of(context: string): Seal;
};

/** Of the layout below, and of what surrounds a list. Lists and writes have digests of their own: see stored-shapes.ts. */
const version = 1;
const algorithm = 'aes-256-gcm';
const keyIdBytes = 4;
const nonceBytes = 12;
const tagBytes = 16;
const headBytes = 1 + keyIdBytes + nonceBytes + tagBytes;

type Key = { id: Buffer; bytes: Buffer };

/** AES-256-GCM. The first key encrypts, every key decrypts, so the secret can be rotated while replicas run with either. */
export function createSeal(keys: readonly Buffer[], context = ''): Seal {
  const known: Key[] = keys.map((bytes) => ({ bytes, id: idOf(bytes) }));
  const [own] = known;
  if (own === undefined) throw new Error('expected a key to encrypt with, got none');

  const additional = (name: string) => Buffer.from(JSON.stringify([version, name, context]), 'utf8');

  return {
    close: (name, content) => {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv(algorithm, own.bytes, nonce, { authTagLength: tagBytes });
      cipher.setAAD(additional(name));
      const text = Buffer.concat([cipher.update(content, 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.of(version), own.id, nonce, cipher.getAuthTag(), text]);
    },
    open: (name, bytes) => {
      if (bytes.length < headBytes || bytes[0] !== version) return null;
      const id = bytes.subarray(1, 1 + keyIdBytes);
      const nonce = bytes.subarray(1 + keyIdBytes, headBytes - tagBytes);
      const tag = bytes.subarray(headBytes - tagBytes, headBytes);
      const key = known.find((it) => it.id.equals(id));
      if (key === undefined) return null;
      const decipher = createDecipheriv(algorithm, key.bytes, nonce, { authTagLength: tagBytes });
      decipher.setAAD(additional(name));
      decipher.setAuthTag(tag);
      try {
        return Buffer.concat([decipher.update(bytes.subarray(headBytes)), decipher.final()]).toString('utf8');
      } catch {
        return null;
      }
    },
    of: (other) => createSeal(keys, other),
  };
}

/** Identifies a key without revealing it. */
const idOf = (key: Buffer): Buffer => hash('sha256', key, 'buffer').subarray(0, keyIdBytes);
