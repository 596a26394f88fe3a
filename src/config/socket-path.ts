import { statSync } from 'node:fs';
import { dirname, isAbsolute } from 'node:path';
import { type Format, quote } from './formats.ts';

/** The kernel stores a socket's path in 108 bytes, on some systems in 104. */
const maxBytes = 103;

/** The path of a socket: either an existing socket, or a new one in an existing folder. */
export const socketPath: Format<string> = (text) =>
  isAbsolute(text) && Buffer.byteLength(text) <= maxBytes && isFreeOrSocket(text)
    ? { value: text }
    : {
        expected: `the absolute path of a socket, at most ${maxBytes} bytes, in a folder that exists`,
        got: quote(text),
      };

function isFreeOrSocket(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found?.isSocket() ?? statSync(dirname(path), { throwIfNoEntry: false })?.isDirectory() ?? false;
}
