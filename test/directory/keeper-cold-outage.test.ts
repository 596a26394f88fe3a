import { afterEach, describe, expect, it } from 'vitest';
import type { Upstream } from '../../src/domain/upstream.ts';
import type { Fault } from '../../src/sandbox/emulator.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { type Answer, startGraph, type TestGraph } from '../helpers/graph.ts';

let graph: TestGraph;
afterEach(() => graph.stop());

const emulatorsOf = ({ lucca, ctrlHub, naver }: Sandbox) => ({ LUCCA: lucca, CTRL_HUB: ctrlHub, NAVER: naver });

/** A process whose first readings have met the fault. */
async function startIn(upstream: Upstream, fault: Fault): Promise<void> {
  graph = await startGraph({ people: 40 });
  emulatorsOf(graph.sandbox)[upstream].inject({
    times: 10_000,
    matches: ({ path }) => path !== '/connect/token',
    ...fault,
  });
  await graph.restartGraph();
}

const codes = ({ errors }: Answer) =>
  [...new Set(errors.map(({ path, extensions }) => `${path?.at(-1)} ${extensions.code}`))]
    .filter((it) => !it.endsWith(' CONFLICT'))
    .sort();

const faults: [string, Fault, string][] = [
  ['drops connections', { cut: 'before' }, 'UPSTREAM_UNAVAILABLE'],
  ['answers 503', { reply: { status: 503 } }, 'UPSTREAM_UNAVAILABLE'],
  ['refuses us', { reply: { status: 403 } }, 'UPSTREAM_AUTH_FAILED'],
  ['answers a web page', { reply: { status: 200, body: '<p>Maintenance</p>' } }, 'UPSTREAM_INVALID_RESPONSE'],
  ['has no allowance left', { reply: { status: 429, headers: { 'retry-after': '3600' } } }, 'UPSTREAM_RATE_LIMITED'],
];

const people = `{ employees(first: 3) { nodes { displayName hiredOn jobRoleAssignments { nodes { id } } } } }`;
const byNaver = '{ employee(by: { naverExternalKey: "emp-00001" }) { id } }';
const roles = '{ jobRoles { totalCount } jobRoleAssignments(first: 1) { totalCount } }';

describe.each(faults)('a process that begins while an upstream %s', (_, fault, code) => {
  it('answers without Ctrl Hub all but who holds which job role', async () => {
    await startIn('CTRL_HUB', fault);
    expect(codes(await graph.query(people))).toEqual([`jobRoleAssignments ${code}`]);
    expect(codes(await graph.query(byNaver))).toEqual([]);
    expect(codes(await graph.query(roles))).toEqual([`jobRoleAssignments ${code}`, `jobRoles ${code}`]);
  });

  it('answers without NAVER all that follows from Lucca and Ctrl Hub', async () => {
    await startIn('NAVER', fault);
    const answer = await graph.query(people);
    expect(codes(answer)).toEqual([`hiredOn ${code}`]);
    expect(answer.data).toMatchObject({
      employees: {
        nodes: [{ displayName: expect.any(String), jobRoleAssignments: { nodes: expect.any(Array) } }, {}, {}],
      },
    });
    expect(codes(await graph.query(byNaver))).toEqual([`employee ${code}`]);
    expect(codes(await graph.query(roles))).toEqual([]);
  });

  it('names nobody without Lucca, and answers what names nobody', async () => {
    await startIn('LUCCA', fault);
    expect(codes(await graph.query(people))).toEqual([`employees ${code}`]);
    expect(codes(await graph.query(byNaver))).toEqual([`employee ${code}`]);
    expect(codes(await graph.query(roles))).toEqual([]);
    expect(codes(await graph.query('{ grades { totalCount } }'))).toEqual([]);
  });
});

describe.each(['LUCCA', 'NAVER', 'CTRL_HUB'] as const)('a process that began without %s', (upstream) => {
  it('has it as soon as it can be asked, without a restart', async () => {
    await startIn(upstream, { reply: { status: 503 } });
    expect(codes(await graph.query(people))).not.toEqual([]);
    emulatorsOf(graph.sandbox)[upstream].recover();
    // The circuit lets a probe through after a few seconds.
    await expect.poll(async () => codes(await graph.query(people)), { timeout: 12_000, interval: 200 }).toEqual([]);
  });
});
