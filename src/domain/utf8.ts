/** The byte order marks of UTF-16, in both byte orders. */
const utf16Marks = ['fffe', 'feff'];

/**
 * Decodes a file written by hand, without the byte order mark that Windows editors add. Throws an Error for any other
 * encoding, because reading it as UTF-8 would lose text silently. The message quotes nothing of the file.
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
