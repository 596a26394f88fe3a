/** What editors of Windows write in front of UTF-16, in either order of bytes. */
const utf16Marks = ['fffe', 'feff'];

/**
 * The text of a file that somebody has written, without the byte order mark that editors of Windows put before it. Throws an
 * Error, which quotes nothing, for any other encoding: read as UTF-8, parts of it would be lost silently.
 */
export function decodeUtf8(bytes: Buffer): string {
  const isUtf16 = utf16Marks.includes(bytes.toString('hex', 0, 2)) || bytes.includes(0);
  if (isUtf16) throw new Error('UTF-16 instead of UTF-8');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Error('an encoding that is not UTF-8');
  }
}
