import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import type { ZodType } from 'zod';
import { InputError } from '../src/errors.ts';

/**
 * Encodes places in lists. A cursor is encrypted, because it holds names and ids, and bound to its `scope`: the list,
 * its filter and its order. A cursor of another list, or a damaged one, is refused before anything is read.
 */
export type CursorCodec = {
  /** Deterministic: one place has one cursor. */
  encode(scope: string, place: unknown): string;
  /** Throws InputError for a damaged cursor and for one of another list. Does not check the shape of its content. */
  check(scope: string, cursor: string): void;
  /** Throws InputError. */
  decode<T>(scope: string, cursor: string, shape: ZodType<T>): T;
};

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/** `key`: 32 bytes, used for cursors only. */
export function createCursorCodec(key: Buffer): CursorCodec {
  /** The nonce is derived from the content: different places have different nonces, and one place has one cursor. */
  const nonceOf = (scope: string, text: string): Buffer =>
    createHmac('sha256', key).update(`cursor:${scope}\n${text}`).digest().subarray(0, nonceBytes);

  function open(scope: string, cursor: string): string {
    const bytes = Buffer.from(cursor, 'base64url');
    if (bytes.length <= nonceBytes + tagBytes) throw foreignCursor();
    const nonce = bytes.subarray(0, nonceBytes);
    const tag = bytes.subarray(nonceBytes, nonceBytes + tagBytes);
    try {
      const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
      decipher.setAAD(Buffer.from(scope, 'utf8')).setAuthTag(tag);
      return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]).toString('utf8');
    } catch {
      throw foreignCursor();
    }
  }

  return {
    encode: (scope, place) => {
      const text = JSON.stringify(place);
      const nonce = nonceOf(scope, text);
      const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
      cipher.setAAD(Buffer.from(scope, 'utf8'));
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
    },
    check: (scope, cursor) => void open(scope, cursor),
    decode: (scope, cursor, shape) => {
      const place = shape.safeParse(JSON.parse(open(scope, cursor)));
      if (!place.success) throw foreignCursor();
      return place.data;
    },
  };
}

const foreignCursor = () =>
  new InputError(
    'after: expected a cursor that this list gave out under the same filter and order; this one is damaged or of another list. Start again without `after`.',
  );
