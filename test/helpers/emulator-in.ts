import type { Upstream } from '../../src/domain/upstream.ts';
import type { Emulator } from '../../src/sandbox/emulator.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';

export const emulatorIn = (sandbox: Sandbox, upstream: Upstream): Emulator =>
  ({ LUCCA: sandbox.lucca, CTRL_HUB: sandbox.ctrlHub, NAVER: sandbox.naver })[upstream];
