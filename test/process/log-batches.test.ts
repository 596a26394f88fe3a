import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { cleanUp, start } from './child.ts';

afterEach(cleanUp);

const program = (end: string) =>
  start(process.execPath, [fileURLToPath(new URL('log-program.ts', import.meta.url)), end]);

const line = z.object({ number: z.number() });
const numbersIn = (text: string): number[] =>
  text
    .split('\n')
    .filter((it) => it.includes('"number"'))
    .map((it) => line.parse(JSON.parse(it)).number);
const all = Array.from({ length: 1_000 }, (_, at) => at + 1);

describe('a line of the log', () => {
  it.each([
    ['exit', 3],
    ['fail', 1],
    ['end', 0],
  ])('is written once and in order however the process ends: %s', async (end, code) => {
    const child = program(end);
    expect(await child.exit).toBe(code);
    expect(numbersIn(child.stderr)).toEqual(all);
  });

  it('is written while the process goes on, and logs nothing else', async () => {
    const child = program('stay');
    await vi.waitFor(() => expect(numbersIn(child.stderr)).toEqual([1]), { timeout: 20_000 });
  });

  it('does not wait when it is a warning, nor do those before it', async () => {
    const child = program('warn');
    await vi.waitFor(() => expect(child.stderr).toContain('"msg":"last"'), { timeout: 20_000 });
    expect(numbersIn(child.stderr)).toEqual(all);
  });
});
