import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { SHOWCASE_EMAIL } from '../../src/sandbox/company/company.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { ManualClock } from '../helpers/manual-clock.ts';
import { cleanUp } from '../process/child.ts';
import { askPeople, linesAbout, newPath } from './file-fixture.ts';

let graph: TestGraph;
afterEach(async () => {
  await graph.stop();
  await cleanUp();
});

const emulators = () => [graph.sandbox.lucca, graph.sandbox.ctrlHub, graph.sandbox.naver];
const asked = () => Object.values(graph.requests()).flat();

describe('a restart with DIRECTORY_FILE', () => {
  it('serves at once what was read before it, as old as it is, while everything is read anew', async () => {
    graph = await startGraph({ waitsForDirectory: false, env: { DIRECTORY_FILE: newPath() } });
    const before = await askPeople(graph);
    for (const emulator of emulators()) emulator.latencyMs = 1_500;
    graph.forgetRequests();
    await graph.restartGraph();
    const after = await askPeople(graph);
    expect(asked().length).toBeGreaterThan(0);
    expect(asked().filter(({ status }) => status !== null)).toEqual([]);
    expect(after).toEqual(before);
    expect(linesAbout(graph)).toEqual([]);

    const isNewer = async () => {
      const { upstreams } = await askPeople(graph);
      return Object.entries(upstreams).every(([name, { asOf }]) => asOf > (before.upstreams[name]?.asOf ?? ''));
    };
    await expect.poll(isNewer, { timeout: 15_000 }).toBe(true);
    // Nine requests, as at any start: the copy holds no pages to be compared with.
    expect(asked()).toHaveLength(9);
    expect(graph.requests().LUCCA.map(({ status }) => status)).toEqual([200, 200]);
  });

  it('serves also where an upstream is down, and says so', async () => {
    const clock = new ManualClock();
    graph = await startGraph({ clock, env: { DIRECTORY_FILE: newPath(), CACHE_ANSWERS: 'off' } });
    const before = await askPeople(graph);
    graph.sandbox.naver.inject({ times: 1_000, reply: { status: 503 } });
    clock.skip(60);
    await graph.restartGraph();
    const after = await askPeople(graph);
    expect(after.data).toEqual(before.data);
    expect(after.upstreams.NAVER).toEqual({ ...before.upstreams.NAVER, failure: 'UPSTREAM_UNAVAILABLE' });
    graph.sandbox.naver.recover();
    const failureOf = async () => {
      await clock.pass(5);
      return (await askPeople(graph)).upstreams.NAVER?.failure;
    };
    await expect.poll(failureOf, { timeout: 15_000 }).toBeUndefined();
  });

  it('shows nothing on that an upstream refuses to show any longer', async () => {
    const clock = new ManualClock();
    graph = await startGraph({ clock, env: { DIRECTORY_FILE: newPath(), CACHE_ANSWERS: 'off' } });
    graph.sandbox.naver.inject({ times: 1_000, reply: { status: 403 } });
    clock.skip(60);
    await graph.restartGraph();
    const { data, errors } = await graph.query('{ employees(first: 1) { nodes { displayName hiredOn } } }');
    expect(data).toMatchObject({ employees: { nodes: [{ displayName: expect.any(String), hiredOn: null }] } });
    expect(errors[0]?.extensions).toMatchObject({ code: 'UPSTREAM_AUTH_FAILED', upstream: 'NAVER' });
  });

  it('finds a copy as young as what was read last, though nothing has changed since the first reading', async () => {
    const clock = new ManualClock();
    graph = await startGraph({ clock, env: { DIRECTORY_FILE: newPath(), CACHE_ANSWERS: 'off' } });
    const isQuiet = async () => {
      await new Promise((resolve) => setTimeout(resolve, 10));
      await expect.poll(() => asked().every(({ status }) => status !== null)).toBe(true);
    };
    const { data } = await askPeople(graph);
    // Longer than the first reading could stand in for a later one.
    for (let minute = 0; minute < 20; minute += 1) {
      for (const _ of [1, 2, 3, 4]) await clock.pass(15, isQuiet);
      await askPeople(graph);
    }
    await graph.restartGraph();
    expect(linesAbout(graph)).toEqual([]);
    expect((await askPeople(graph)).data).toEqual(data);
  }, 60_000);
});

describe('the file', () => {
  it('is for the server’s own user, and holds nothing that could be read', async () => {
    const path = newPath();
    graph = await startGraph({ people: 40, env: { DIRECTORY_FILE: path } });
    await graph.restartGraph();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const text = readFileSync(path).toString('latin1');
    const { lucca, ctrlHub, naver } = graph.company;
    const told = [
      ...lucca.employees.flatMap((it) => [it.email, it.employeeNumber, Buffer.from(it.familyName).toString('latin1')]),
      ...naver.employees.flatMap((it) => [it.emailAddress, it.externalKey]),
      ...ctrlHub.users.flatMap((it) => [it.email, it.id]),
    ].filter((it) => it !== null && it.length > 4);
    expect(told.length).toBeGreaterThan(100);
    expect(told.filter((it) => text.includes(it ?? ''))).toEqual([]);
    expect(text).not.toContain('luccaId');
    expect(text).not.toBe('');
  });

  it('holds an erased person no longer when the erasure is acknowledged', async () => {
    const path = newPath();
    graph = await startGraph({ people: 40, env: { DIRECTORY_FILE: path } });
    await graph.restartGraph();
    const copy = readFileSync(path);
    expect(await graph.erase(SHOWCASE_EMAIL)).toBeGreaterThan(3);
    expect(readFileSync(path).equals(copy)).toBe(false);
    for (const emulator of emulators()) emulator.inject({ times: 1_000, cut: 'before' });
    await graph.restartGraph();
    const person = await graph.query(`{ employee(by: { email: "${SHOWCASE_EMAIL}" }) { id } }`);
    expect(person).toMatchObject({ data: { employee: null }, errors: [] });
    expect((await askPeople(graph)).data.employees.totalCount).toBe(graph.company.lucca.employees.length - 1);
  });

  it('is removed where somebody is erased and it cannot be written anew', async () => {
    const path = newPath();
    graph = await startGraph({ people: 40, env: { DIRECTORY_FILE: path } });
    await graph.restartGraph();
    mkdirSync(`${path}.tmp`);
    await graph.erase(SHOWCASE_EMAIL);
    expect(existsSync(path)).toBe(false);
    expect(linesAbout(graph)).toEqual([expect.stringContaining('could not be written (')]);
    rmSync(`${path}.tmp`, { recursive: true });
    await graph.restartGraph();
    expect(existsSync(path)).toBe(true);
  });
});
