import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Format, isOff, quote } from './formats.ts';

/** Where the audit log is written. */
export type AuditTarget = 'off' | 'stdout' | { file: string };

/** Checks that the file is writable, so that a wrong path stops the start and not the first operation. */
export const auditTarget: Format<AuditTarget> = (text) => {
  if (isOff(text)) return { value: 'off' };
  if (text.toLowerCase() === 'stdout') return { value: 'stdout' };
  if (mayBeWritten(text)) return { value: { file: text } };
  return { expected: 'off, stdout, or a file that this process may write', got: quote(text) };
};

/** True for an existing file, or a new file in an existing folder. */
function mayBeWritten(path: string): boolean {
  const exists = statSync(path, { throwIfNoEntry: false }) !== undefined;
  const place = exists ? path : dirname(path);
  try {
    accessSync(place, constants.W_OK);
    return statSync(place).isDirectory() !== exists;
  } catch {
    return false;
  }
}
