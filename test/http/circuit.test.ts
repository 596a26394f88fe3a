import { afterEach, describe, expect, it, vi } from 'vitest';
import { now } from '../../src/domain/now.ts';
import type { Fault } from '../../src/sandbox/emulator.ts';
import { passSeconds } from '../helpers/time-passes.ts';
import { codeOf, contextOf, onStage, type Stage, times, until } from './http-fixture.ts';

afterEach(() => vi.restoreAllMocks());

const always = (fault: Fault): Fault => ({ times: 100_000, ...fault });

const outages: [string, Fault, string][] = [
  ['drops connections', { cut: 'before' }, 'UPSTREAM_UNAVAILABLE'],
  ['answers 500', { reply: { status: 500 } }, 'UPSTREAM_UNAVAILABLE'],
  ['answers 503', { reply: { status: 503 } }, 'UPSTREAM_UNAVAILABLE'],
  ['asks for a second', { reply: { status: 503, headers: { 'retry-after': '1' } } }, 'UPSTREAM_UNAVAILABLE'],
  ['does not answer', { delayMs: 20_000 }, 'UPSTREAM_TIMEOUT'],
];

async function openCircuit({ server, get, monitor }: Stage): Promise<void> {
  server.inject(always({ reply: { status: 503 } }));
  await Promise.all(times(8, () => codeOf(get('/'))));
  expect(monitor.circuit.status.state).toBe('OPEN');
  server.recover();
  server.requests.length = 0;
}

describe('an outage', () => {
  it.each(outages)('costs an upstream that %s at most 10 requests within 30 s, however many ask', (_, fault, code) =>
    onStage({ attemptTimeoutMs: fault.delayMs ? 150 : 10_000 }, async ({ server, get, arrived, monitor }) => {
      server.inject(always(fault));
      const codes = new Set<string>();
      for (let second = 0; second < 30; second += 0.5) {
        for (const it of await Promise.all(times(40, () => codeOf(get('/'))))) codes.add(it);
        passSeconds(0.5);
      }
      expect(arrived().length).toBeLessThanOrEqual(10);
      expect(codes).toEqual(new Set([code, 'UPSTREAM_UNAVAILABLE']));
      expect(monitor.health).toBe('DOWN');
    }),
  );

  it('is told to callers with the time after which it is worth asking again', () =>
    onStage({}, async (stage) => {
      await openCircuit(stage);
      await expect(stage.get('/')).rejects.toMatchObject({
        code: 'UPSTREAM_UNAVAILABLE',
        isUnsent: true,
        retryAfterSeconds: 3,
      });
      expect(stage.arrived()).toEqual([]);
    }));

  it('is over with the first response: all requests go again, within 5 s of the recovery', () =>
    onStage({}, async ({ server, get, monitor }) => {
      server.inject(always({ cut: 'before' }));
      for (let second = 0; second < 60; second += 1) {
        await codeOf(get('/'));
        passSeconds(1);
      }
      server.recover();
      const until = now() + 5_000;
      let code = 'none yet';
      while (code !== 'none' && now() < until) {
        code = await codeOf(get('/'));
        passSeconds(0.25);
      }
      expect(code).toBe('none');
      expect(monitor.circuit.status).toEqual({ state: 'CLOSED', probeAt: null });
      expect(monitor.health).toBe('UP');
      expect(await Promise.all(times(40, () => get('/')))).toHaveLength(40);
    }));

  it('lasts as long as the upstream says, where it says so', () =>
    onStage({}, async ({ server, get, arrived }) => {
      server.inject(always({ reply: { status: 503, headers: { 'retry-after': '120' } } }));
      for (const _ of times(10, () => null)) await codeOf(get('/', contextOf('interactive', { seconds: 10 })));
      expect(arrived()).toHaveLength(4);
      server.recover();
      passSeconds(119);
      await expect(get('/')).rejects.toMatchObject({ retryAfterSeconds: 1, isUnsent: true });
      passSeconds(1);
      expect(await get('/')).toBe('{}');
    }));
});

describe('a circuit that is half open', () => {
  it('lets one request through, and the others when it has succeeded', () =>
    onStage({}, async (stage) => {
      await openCircuit(stage);
      const { server, get, arrived, waiting, monitor } = stage;
      passSeconds(5);
      server.inject({ delayMs: 100 });
      const all = times(10, () => get('/'));
      await until(() => arrived().length === 1 && waiting() === 9);
      expect(monitor.circuit.status.state).toBe('HALF_OPEN');
      expect(monitor.health).toBe('DOWN');
      expect(await Promise.all(all)).toHaveLength(10);
      expect(arrived()).toHaveLength(10);
    }));

  it('refuses all of them when it has failed', () =>
    onStage({}, async (stage) => {
      await openCircuit(stage);
      passSeconds(5);
      stage.server.inject({ delayMs: 50, reply: { status: 502 } });
      const codes = await Promise.all(times(10, () => codeOf(stage.get('/'))));
      expect(new Set(codes)).toEqual(new Set(['UPSTREAM_UNAVAILABLE']));
      expect(stage.arrived()).toHaveLength(1);
      expect(stage.monitor.circuit.status.state).toBe('OPEN');
    }));

  it('carries its probe through although the caller hangs up', () =>
    onStage({}, async (stage) => {
      await openCircuit(stage);
      passSeconds(5);
      stage.server.inject({ delayMs: 100 });
      const caller = new AbortController();
      void codeOf(stage.get('/', contextOf('interactive', { signal: caller.signal })));
      await until(() => stage.arrived().length === 1);
      caller.abort();
      await until(() => stage.monitor.circuit.status.state === 'CLOSED');
      expect(stage.arrived()).toHaveLength(1);
    }));
});

describe('the circuit stays closed', () => {
  it.each([400, 401, 403, 404, 409, 412, 422])('over responses of %i, however many', (status) =>
    onStage({}, async ({ server, get, arrived, monitor }) => {
      server.inject(always({ reply: { status } }));
      await Promise.all(times(20, () => codeOf(get('/'))));
      expect(arrived()).toHaveLength(20);
      expect(monitor.circuit.status.state).toBe('CLOSED');
    }),
  );

  it('over failures with successes between them', () =>
    onStage({ concurrency: 1 }, async ({ server, get, arrived, monitor }) => {
      for (const _ of times(6, () => null)) {
        server.inject({ times: 2, reply: { status: 503 } });
        expect(await codeOf(get('/'))).toBe('none');
      }
      expect(arrived()).toHaveLength(18);
      expect(monitor.circuit.status.state).toBe('CLOSED');
    }));

  it('over requests that our own deadline cut short', () =>
    onStage({ attemptTimeoutMs: 10_000 }, async ({ server, get, monitor }) => {
      server.inject(always({ delayMs: 500 }));
      const codes = times(10, () => codeOf(get('/', contextOf('interactive', { seconds: 0.1 }))));
      expect(new Set(await Promise.all(codes))).toEqual(new Set(['UPSTREAM_TIMEOUT']));
      expect(monitor.circuit.status.state).toBe('CLOSED');
    }));
});
