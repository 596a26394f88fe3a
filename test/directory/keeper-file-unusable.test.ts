import { mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { ManualClock } from '../helpers/manual-clock.ts';
import { cleanUp } from '../process/child.ts';
import { askPeople, linesAbout, newPath } from './file-fixture.ts';

let graph: TestGraph;
let path: string;
let clock: ManualClock;
beforeEach(async () => {
  path = newPath();
  clock = new ManualClock();
  graph = await startGraph({ people: 40, clock, env: { DIRECTORY_FILE: path } });
  // With its end a process writes what it has not written yet.
  await graph.restartGraph();
  expect(linesAbout(graph)).toEqual([]);
});
afterEach(async () => {
  await graph.stop();
  await cleanUp();
});

function change(bytes: (copy: Buffer) => Buffer): void {
  writeFileSync(path, bytes(readFileSync(path)));
}

/** What happens between two processes. */
const accidents: [string, () => void, RegExp][] = [
  ['one of whose bits has changed', () => change((copy) => withBitChanged(copy, copy.length >> 1)), /damaged/],
  ['whose last byte has changed', () => change((copy) => withBitChanged(copy, copy.length - 1)), /damaged/],
  ['that was cut in the middle', () => truncateSync(path, readFileSync(path).length >> 1), /damaged/],
  ['of which a few bytes are left', () => truncateSync(path, 30), /not a directory file of this version/],
  ['that is empty', () => writeFileSync(path, ''), /not a directory file of this version/],
  ['that somebody has added to', () => change((copy) => Buffer.concat([copy, Buffer.from('more')])), /damaged/],
  [
    'of another version',
    () => change((copy) => Buffer.from(copy.toString('latin1').replace(/\d+\n/, '0\n'), 'latin1')),
    /this version/,
  ],
  ['that is something else', () => writeFileSync(path, '{"employees": []}'.repeat(100)), /this version/],
  ['that is too old', () => clock.skip(24 * 3_600), /employees, people, members, assignments are too old/],
  ['from the future', () => clock.skip(-60), /too old/],
  ['that cannot be read', () => asFolder(path), /cannot be read \(EISDIR\)/],
];

function withBitChanged(copy: Buffer, at: number): Buffer {
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

function asFolder(it: string): void {
  rmSync(it);
  mkdirSync(it);
}

describe('a copy', () => {
  it.each(accidents)('%s is ignored with one line, and everything is read anew', async (_, accident, line) => {
    const { data } = await askPeople(graph);
    graph.log.length = 0;
    graph.forgetRequests();
    const restarted = await restartAfter(accident);
    expect(restarted).toEqual([expect.stringMatching(line)]);
    expect(restarted[0]).not.toContain(path);
    expect((await askPeople(graph)).data).toEqual(data);
    expect(Object.values(graph.requests()).flat().length).toBeGreaterThanOrEqual(4);
  });

  it.each([
    ['secret', () => ({ HR_GRAPH_SECRET: 'another secret of thirty-two letters' })],
    ['account', () => ({ NAVER_BASE_URL: `${graph.sandbox.naver.baseUrl}/` })],
  ])('of another %s is ignored with one line', async (_, variables) => {
    await graph.restartGraph(variables);
    expect(linesAbout(graph)).toEqual([
      expect.stringMatching(/damaged, or was written with another secret, for other accounts/),
    ]);
  });

  it('that is not there is no news', async () => {
    graph.log.length = 0;
    expect(await restartAfter(() => rmSync(path))).toEqual([]);
  });

  it('that was ignored is replaced by the next one', async () => {
    await restartAfter(() => writeFileSync(path, 'something else'));
    await graph.restartGraph();
    graph.log.length = 0;
    await graph.restartGraph();
    expect(linesAbout(graph)).toEqual([]);
  });
});

async function restartAfter(accident: () => void): Promise<string[]> {
  await graph.restartGraph(() => {
    accident();
    return {};
  });
  return linesAbout(graph);
}
