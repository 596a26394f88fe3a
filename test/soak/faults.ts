import { setTimeout as delay } from 'node:timers/promises';
import type { Fault } from '../../src/sandbox/emulator.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';

const faults: [string, Fault][] = [
  ['answers 503', { reply: { status: 503 } }],
  ['drops connections', { cut: 'before' }],
  ['answers after two seconds', { delayMs: 2_000 }],
  ['loses its replies', { cut: 'after' }],
  ['answers 429', { reply: { status: 429, headers: { 'retry-after': '2' } } }],
];
/** Not a part of a minute, so that a replica starts now and then while something is wrong. */
const everyMs = 17_000;
const lastsMs = 5_000;

/** One upstream after another is in trouble for five seconds, one kind after another. Resolves with how often. */
export async function bringFaults(sandbox: Sandbox, signal: AbortSignal, say: (line: string) => void): Promise<number> {
  const emulators = [
    ['Lucca', sandbox.lucca],
    ['Ctrl Hub', sandbox.ctrlHub],
    ['NAVER', sandbox.naver],
  ] as const;
  let count = 0;
  const isOver = () => signal.aborted;
  const pause = (ms: number) => delay(ms, undefined, { signal }).catch(() => undefined);
  for (await pause(everyMs - lastsMs); !isOver(); await pause(everyMs - lastsMs)) {
    const [name, emulator] = emulators[count % emulators.length] ?? emulators[0];
    const [what, fault] = faults[count % faults.length] ?? ['', {}];
    count += 1;
    say(`${name} ${what} for ${lastsMs / 1000} s`);
    emulator.inject({ ...fault, times: Number.MAX_SAFE_INTEGER });
    await pause(lastsMs);
    emulator.recover();
  }
  return count;
}
