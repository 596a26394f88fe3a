import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { linesOf, listsIn, type StoredList } from './stored-lists.ts';

export type DirectoryFileOptions = {
  path: string;
  /** 32 bytes, for this file alone. */
  key: Buffer;
  /** What the lists were read from. A copy of other accounts is foreign, whatever its key. */
  accounts: string;
};

/** Why a copy is ignored. */
export class UnusableCopy extends Error {
  override readonly name = 'UnusableCopy';
}

/** With the shape of the rows this number changes, and older copies are ignored. */
const fileVersion = 1;
const magic = Buffer.from(`hr-graph directory ${fileVersion}\n`, 'utf8');
const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Writes a copy of the lists, encrypted (AES-256-GCM), in place of an earlier one: whoever reads it finds either the old
 * copy or the new one. Throws what the file system throws.
 */
export async function writeDirectoryFile(
  { path, key, accounts }: DirectoryFileOptions,
  lists: Readonly<Record<string, StoredList>>,
): Promise<void> {
  // One name for all processes: what one leaves behind when it is killed is gone with the next copy.
  const temporary = `${path}.tmp`;
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.concat([magic, Buffer.from(accounts, 'utf8')]));
  await rm(temporary, { force: true });
  // Only for the server's own user, from its first moment on, and no file that somebody else has put there.
  const file = await open(temporary, 'wx', 0o600);
  try {
    await file.write(Buffer.concat([magic, nonce]));
    for (const text of linesOf(lists)) await file.write(cipher.update(text, 'utf8'));
    await file.write(cipher.final());
    await file.write(cipher.getAuthTag());
    await file.sync();
    await file.close();
    await rename(temporary, path);
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(temporary, { force: true });
    throw error;
  }
}

/**
 * The lists of a copy; null where there is none. Throws UnusableCopy for one that is damaged, truncated, of another
 * version, of another secret or of other accounts.
 */
export async function readDirectoryFile({
  path,
  key,
  accounts,
}: DirectoryFileOptions): Promise<Record<string, StoredList> | null> {
  const bytes = await readFile(path).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  if (bytes === null) return null;
  const start = magic.length + nonceBytes;
  if (bytes.length < start + tagBytes || !bytes.subarray(0, magic.length).equals(magic)) {
    throw new UnusableCopy('it is no directory file of this version.');
  }
  const decipher = createDecipheriv(algorithm, key, bytes.subarray(magic.length, start), { authTagLength: tagBytes });
  decipher.setAAD(Buffer.concat([magic, Buffer.from(accounts, 'utf8')]));
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  try {
    const text = Buffer.concat([decipher.update(bytes.subarray(start, -tagBytes)), decipher.final()]).toString('utf8');
    return listsIn(text);
  } catch {
    throw new UnusableCopy('it is damaged, or of another secret or other accounts.');
  }
}
