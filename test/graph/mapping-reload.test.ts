import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { ManualClock } from '../helpers/manual-clock.ts';
import { isTaken, naverKeyOf } from '../helpers/truth.ts';
import { type Person, peopleOf } from '../helpers/truth-people.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const folder = mkdtempSync(join(tmpdir(), 'hr-graph-'));
const file = join(folder, 'mapping.csv');
const header = 'lucca,naver,ctrlHub';
afterAll(() => rmSync(folder, { recursive: true }));

/** Nothing is read again while a test lasts: what changes, changes because of the file. */
const env = { IDENTITY_MAP_FILE: file, CACHE_FRESH_SECONDS: '3600' };

const clock = new ManualClock();
let graph: TestGraph;
beforeAll(async () => {
  write([]);
  graph = await startGraph({ env, clock });
});
afterEach(async () => {
  write([]);
  await until(async () => (await mapped()) === 0);
  graph.log.length = 0;
});
afterAll(() => graph.stop());

/** Looks at the file as often as it takes. */
const until = (holds: () => boolean | Promise<boolean>): Promise<boolean> =>
  vi.waitUntil(
    async () => {
      await clock.pass(1);
      return holds();
    },
    { timeout: 50_000, interval: 10 },
  );

/** As editors do it: the whole file at once. */
function write(rows: string[], text = [header, ...rows, ''].join('\n')): void {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}

const isPlain = ({ lucca, naver, user }: Person): boolean =>
  [lucca?.email, naver?.emailAddress, user?.email].every((it) => it == null || !isTaken(graph.company, it));

/** Somebody of Lucca's alone, and rows of NAVER's alone, whom nothing but the file links. */
function strangers() {
  const people = peopleOf(graph.company).filter(isPlain);
  const [lucca] = people.flatMap((it) => (it.lucca && !it.naver && !it.user ? [it.lucca] : []));
  const keys = people.flatMap((it) => (!it.lucca && it.naver?.externalKey && !it.user ? [naverKeyOf(it.naver)] : []));
  const [key, other] = keys;
  if (lucca === undefined || key == null || other == null) throw new Error('The company has no such people.');
  return { luccaId: lucca.id, key, other };
}

const document = `query Links($id: String) { employee(by: { luccaId: $id }) {
  id identities { upstream upstreamId matchedBy } } }`;
const shape = z.object({
  employee: z.object({ identities: z.array(z.object({ upstream: z.string(), upstreamId: z.string() })) }),
});

async function naverKeyOfPerson(luccaId: string): Promise<string | null> {
  const { data, errors } = await graph.query(document, { id: luccaId });
  expect(errors).toEqual([]);
  return shape.parse(data).employee.identities.find((it) => it.upstream === 'NAVER')?.upstreamId ?? null;
}

async function mapped(): Promise<number> {
  const { data } = await graph.query('{ upstreams { directory { links { matchedBy count } } } }');
  return z
    .object({
      upstreams: z.array(
        z.object({ directory: z.object({ links: z.array(z.object({ matchedBy: z.string(), count: z.number() })) }) }),
      ),
    })
    .parse(data)
    .upstreams.flatMap((it) => it.directory.links)
    .reduce((sum, { matchedBy, count }) => sum + (matchedBy === 'MAPPING_FILE' ? count : 0), 0);
}

const lines = (message: string) =>
  graph.log
    .map((it) => z.looseObject({ msg: z.string() }).parse(JSON.parse(it)))
    .filter((it) => it.msg.includes(message));

const taken = 'the mapping file was read again';
const refused = 'the mapping file cannot be used';

describe('a mapping file that changes while the server runs', () => {
  it('links people anew, in answers that were cached before as well, and asks no upstream for it', async () => {
    const { luccaId, key, other } = strangers();
    for (let times = 0; times < 3; times += 1) expect(await naverKeyOfPerson(luccaId)).toBeNull();
    graph.forgetRequests();
    write([`${luccaId},${key},`]);
    await until(() => lines(taken).length === 1);
    expect(await naverKeyOfPerson(luccaId)).toBe(key);
    write([`${luccaId},${other},`]);
    await until(() => lines(taken).length === 2);
    expect(await naverKeyOfPerson(luccaId)).toBe(other);
    expect(Object.values(graph.requests()).flat()).toEqual([]);
  });

  it('answers as a server that was started with it', async () => {
    const { luccaId, key } = strangers();
    const all = `{ employees(first: 100) { nodes { id identities { upstream upstreamId matchedBy } } }
      unlinkedPeople(first: 100) { nodes { id identities { upstream upstreamId matchedBy } } totalCount } }`;
    write([`${luccaId},${key},`]);
    await until(async () => (await mapped()) === 1);
    const { data } = await graph.query(all);
    await graph.restartGraph();
    expect((await graph.query(all)).data).toEqual(data);
  });

  it('is told in the log by how many rows changed, and by nobody’s identifier', async () => {
    const { luccaId, key, other } = strangers();
    write([`${luccaId},${key},`, '999001,emp-unknown,']);
    await until(() => lines(taken).length === 1);
    expect(lines(taken)[0]).toMatchObject({ rows: 2, added: 2, changed: 0, removed: 0, linked: 1, linkedBefore: 0 });
    write([`${luccaId},${other},`]);
    await until(() => lines(taken).length === 2);
    expect(lines(taken)[1]).toMatchObject({ rows: 1, added: 0, changed: 1, removed: 1, linked: 1, linkedBefore: 1 });
    expect(lines(taken)).toMatchObject([
      { level: 30, displaced: 0 },
      { level: 30, displaced: 0 },
    ]);
    for (const text of [key, other, 'emp-unknown', `"${luccaId}"`]) expect(graph.log.join('')).not.toContain(text);
  });

  it('is warned of in the log where it parts records that a rule had linked, but not where it parts its own', async () => {
    const { luccaId } = strangers();
    const pair = peopleOf(graph.company).find((it) => !it.lucca && it.naver?.externalKey && it.user);
    const { naver, user } = pair ?? {};
    if (naver == null || user == null) throw new Error('The company has no such pair.');
    // The row names the one of the two who leads. The other was compared with that one alone, and stays behind.
    write([`${luccaId},${naver.externalKey},`]);
    await until(() => lines(taken).length === 1);
    const warning = 'the mapping file was read again and separates records that a rule had linked';
    expect(lines(taken)).toMatchObject([{ level: 40, msg: warning, linked: 1, displaced: 1 }]);
    write([`${luccaId},${naver.externalKey},${user.id}`]);
    await until(() => lines(taken).length === 2);
    write([]);
    await until(() => lines(taken).length === 3);
    expect(lines(taken).slice(1)).toMatchObject([{ displaced: 0 }, { level: 30, displaced: 0, linkedBefore: 2 }]);
  });

  it.each<[string, string]>([
    ['half of it', `${header}\n1000,"emp-0`],
    ['nothing', ''],
    ['two rows of one person', `${header}\n77,emp-1,\n77,emp-2,\n`],
  ])(
    'leaves the links as they were where it holds %s, says so once, and is taken when it is whole',
    async (_, text) => {
      const { luccaId, key, other } = strangers();
      write([`${luccaId},${key},`]);
      await until(async () => (await mapped()) === 1);
      write([], text);
      await until(() => lines(refused).length > 0);
      expect(await naverKeyOfPerson(luccaId)).toBe(key);
      write([`${luccaId},${other},`]);
      await until(async () => (await naverKeyOfPerson(luccaId)) === other);
      expect(lines(refused)).toHaveLength(1);
    },
  );

  it('is read again where Kubernetes replaces the folder that its link leads through', async () => {
    const { luccaId, key, other } = strangers();
    const publish = (version: string, row: string) => {
      mkdirSync(join(folder, version));
      writeFileSync(join(folder, version, 'mapping.csv'), `${header}\n${row}\n`);
      symlinkSync(version, join(folder, '..data_tmp'));
      renameSync(join(folder, '..data_tmp'), join(folder, '..data'));
    };
    publish('..first', `${luccaId},${key},`);
    symlinkSync('..data/mapping.csv', `${file}.link`);
    renameSync(`${file}.link`, file);
    await until(async () => (await naverKeyOfPerson(luccaId)) === key);
    publish('..second', `${luccaId},${other},`);
    await until(async () => (await naverKeyOfPerson(luccaId)) === other);
  });

  it('leaves the links as they were where it is gone, and where it was emptied in its place', async () => {
    const { luccaId, key } = strangers();
    write([`${luccaId},${key},`]);
    await until(async () => (await mapped()) === 1);
    truncateSync(file);
    await until(() => lines(refused).length === 1);
    rmSync(file);
    await until(() => lines(refused).length === 2);
    expect(await naverKeyOfPerson(luccaId)).toBe(key);
  });

  it('is forgotten by whom it named when somebody is erased', async () => {
    const { luccaId, key } = strangers();
    write([`${luccaId},${key},`]);
    await until(async () => (await mapped()) === 1);
    // Lucca's record and NAVER's, which nothing but the row that came later joins.
    expect(await graph.erase(luccaId)).toBe(2);
    await graph.restartGraph();
  });
});
