import { parseArgs } from 'node:util';
import type { Sandbox } from './sandbox.ts';

const emulatorOf = {
  lucca: ({ lucca }: Sandbox) => lucca,
  'ctrl-hub': ({ ctrlHub }: Sandbox) => ctrlHub,
  naver: ({ naver }: Sandbox) => naver,
};

/**
 * Failures on demand, by arguments of the command line: `--fail=naver` responds with 503 to every request, `--slow=lucca=5s`
 * delays every response. Both may be repeated. Throws for arguments that it does not know.
 */
export function bringTrouble(sandbox: Sandbox, args: string[]): void {
  const options = { fail: { type: 'string', multiple: true }, slow: { type: 'string', multiple: true } } as const;
  const { fail = [], slow = [] } = parseArgs({ args, options }).values;
  for (const name of fail) {
    emulatorNamed('--fail', name)(sandbox).inject({ reply: { status: 503 }, times: Number.POSITIVE_INFINITY });
  }
  for (const text of slow) {
    const [name = '', delay = ''] = text.split('=');
    const emulator = emulatorNamed('--slow', name)(sandbox);
    const [, digits, unit] = /^(\d{1,6})(ms|s)$/.exec(delay) ?? [];
    if (digits === undefined)
      throw new Error(`--slow: expected a delay, such as ${name}=5s or ${name}=300ms, got ${text}`);
    emulator.latencyMs = Number(digits) * (unit === 's' ? 1000 : 1);
  }
}

function emulatorNamed(option: string, name: string) {
  const [, emulator] = Object.entries(emulatorOf).find(([known]) => known === name) ?? [];
  if (emulator === undefined) {
    throw new Error(`${option}: expected one of ${Object.keys(emulatorOf).join(', ')}, got ${name}`);
  }
  return emulator;
}
