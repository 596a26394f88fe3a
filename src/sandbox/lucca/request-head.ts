import type { EmulatorRequest } from '../emulator.ts';
import { Problem } from './problems.ts';

const largestHead = 8 * 1024;

/** Lucca, Limits: 431 for headers above 8 KB. The request line is assumed to count too, as for most servers. */
export function requireSmallHead({ method, target, headers }: EmulatorRequest): void {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`;
  if (Buffer.byteLength(head) > largestHead) throw new Problem(431, 'The request headers exceed 8 KB.');
}
