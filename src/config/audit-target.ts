import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Format, isOff, quote } from './formats.ts';

/** Where a line for every operation goes. */
export type AuditTarget = 'off' | 'stdout' | { file: string };

/** A file that cannot be added to stops the start, not the first operation. */
export const auditTarget: Format<AuditTarget> = (text) => {
  if (isOff(text)) return { value: 'off' };
  if (text.toLowerCase() === 'stdout') return { value: 'stdout' };
  if (mayBeWritten(text)) return { value: { file: text } };
  return { expected: 'off, stdout, or a file that this process may write', got: quote(text) };
};

/** A file that is there, or else a folder that is. */
function mayBeWritten(path: string): boolean {
  const isThere = statSync(path, { throwIfNoEntry: false }) !== undefined;
  const place = isThere ? path : dirname(path);
  try {
    accessSync(place, constants.W_OK);
    return statSync(place).isDirectory() !== isThere;
  } catch {
    return false;
  }
}
