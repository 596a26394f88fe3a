import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { keepEvidence } from '../leaks/evidence.ts';
import { start } from '../process/child.ts';
import type { Variables } from './doctor-fixture.ts';

const launcher = fileURLToPath(new URL('../../bin/hr-graph.js', import.meta.url));

/** `npm run doctor`, without npm. */
export async function doctor(env: Variables, ...args: string[]) {
  const child = start(process.execPath, [launcher, 'doctor', ...args], { env });
  const code = await child.exit;
  keepEvidence('stdout of the doctor', child.stdout);
  expect(child.stderr).toBe('');
  return { code, out: child.stdout, lines: child.stdout.split('\n') };
}
