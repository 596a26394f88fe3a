import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { linesOf, listsIn, type StoredList } from './stored-lists.ts';

export type DirectoryFileOptions = {
  path: string;
  /** 32 bytes, used for this file only. */
  key: Buffer;
  /** Identifies the upstream accounts of the lists. A copy from other accounts is rejected, even with the same key. */
  accounts: string;
  /** Identifies the types of the rows. A copy of a release that had other types is rejected. */
  shape: string;
};

/** The reason why a copy is ignored. */
export class UnusableCopy extends Error {
  override readonly name = 'UnusableCopy';
}

/** Of the layout of the file. `shape` identifies rows of another shape. */
const fileVersion = 1;
const magic = Buffer.from(`hr-graph directory ${fileVersion}\n`, 'utf8');
const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Writes an encrypted copy of the lists (AES-256-GCM). It replaces an earlier copy atomically: a reader finds either
 * the old copy or the new one. Throws the file system's errors.
 */
export async function writeDirectoryFile(
  { path, key, ...origin }: DirectoryFileOptions,
  lists: Readonly<Record<string, StoredList>>,
): Promise<void> {
  // All processes use one temporary name: a file that a killed process leaves behind is removed by the next write.
  const temporary = `${path}.tmp`;
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(additional(origin));
  await rm(temporary, { force: true });
  // Readable by the server's user only, from its creation on; `wx` refuses a file that somebody else put there.
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
 * Reads the lists of a copy; null if there is no file. Throws UnusableCopy if the copy is damaged or truncated, or
 * belongs to another version, another secret or other accounts.
 */
export async function readDirectoryFile({
  path,
  key,
  ...origin
}: DirectoryFileOptions): Promise<Record<string, StoredList> | null> {
  const bytes = await readFile(path).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  if (bytes === null) return null;
  const start = magic.length + nonceBytes;
  if (bytes.length < start + tagBytes || !bytes.subarray(0, magic.length).equals(magic)) {
    throw new UnusableCopy('it is not a directory file of this version.');
  }
  const decipher = createDecipheriv(algorithm, key, bytes.subarray(magic.length, start), { authTagLength: tagBytes });
  decipher.setAAD(additional(origin));
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  try {
    const text = Buffer.concat([decipher.update(bytes.subarray(start, -tagBytes)), decipher.final()]).toString('utf8');
    return listsIn(text);
  } catch {
    throw new UnusableCopy(
      'it is damaged, or was written with another secret, for other accounts, or by a release with other fields.',
    );
  }
}

const additional = ({ accounts, shape }: Pick<DirectoryFileOptions, 'accounts' | 'shape'>): Buffer =>
  Buffer.concat([magic, Buffer.from(JSON.stringify([accounts, shape]), 'utf8')]);
