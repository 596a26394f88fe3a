import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SHOWCASE_EMAIL } from '../../src/sandbox/company/company.ts';
import { operation } from '../helpers/operation.ts';
import { cleanUp, emptyFolder } from './child.ts';
import { ask, startEmulators, startServer } from './server.ts';

let emulators: Record<string, string>;
beforeAll(async () => {
  emulators = await startEmulators();
});
afterAll(cleanUp);

const vendors = ['LUCCA', 'CTRL_HUB', 'NAVER'] as const;
type Vendor = (typeof vendors)[number];

const nameOf: Record<Vendor, string> = { LUCCA: 'Lucca', CTRL_HUB: 'Ctrl Hub', NAVER: 'NAVER WORKPLACE' };

/** What leads to these vendors and to no other. */
function pathTo(wanted: readonly Vendor[]): Record<string, string> {
  const others = vendors.filter((it) => !wanted.includes(it));
  return Object.fromEntries(
    Object.entries(emulators).filter(([name]) => !others.some((it) => name.startsWith(`${it}_`))),
  );
}

describe('a server that is led to upstreams in another process', () => {
  it('answers from them, and opens no connection to anything else', async () => {
    const connectionsFile = join(emptyFolder(), 'connections');
    const server = startServer({ env: emulators, connectionsFile });
    const url = await server.url();
    expect(server.stdout).toContain('(Lucca, NAVER WORKPLACE, Ctrl Hub)');

    for (const name of ['q02-full-join', 'q03-person', 'q04-role-board', 'q05-grade-ladder', 'q11-counts']) {
      const { errors } = await ask(url, operation(name), { email: SHOWCASE_EMAIL });
      // Two people on the page share an address, which one user of Ctrl Hub has as well.
      const contested = name === 'q02-full-join' ? ['jobRoleAssignments CONFLICT'] : [];
      expect(errors.map(({ path, extensions }) => `${path?.at(-1)} ${extensions.code}`)).toEqual(contested);
    }
    const addresses = vendors.map((it) => new URL(emulators[`${it}_BASE_URL`] ?? '').host);
    const connections = readFileSync(connectionsFile, 'utf8').trim().split('\n');
    expect([...new Set(connections)].sort()).toEqual(addresses.sort());
    server.kill();
  });

  it('takes its secret by the former name too, and logs that once', async () => {
    const { HR_GRAPH_SECRET: NODE_ID_SECRET, ...others } = emulators;
    const server = startServer({ env: { ...others, NODE_ID_SECRET } });
    expect((await ask(await server.url(), operation('q01-directory-page'))).errors).toEqual([]);
    server.kill();
    await server.exit;
    expect(server.stderr.match(/NODE_ID_SECRET: call it HR_GRAPH_SECRET/g)).toHaveLength(1);
    expect(server.stderr).not.toContain(NODE_ID_SECRET);
  });

  it('reads everybody from all of them before it is asked', async () => {
    const server = startServer({ env: emulators });
    const logged = () => [...server.stderr.matchAll(/"list":"(\w+)","rows":(\d+),"msg":"directory complete"/g)];
    await expect
      .poll(() => logged().map(([, list]) => list), { timeout: 10_000 })
      .toEqual(expect.arrayContaining(['employees', 'people', 'members', 'assignments']));
    // Each has more rows than a page.
    expect(logged().filter(([, , rows]) => Number(rows) <= 100)).toEqual([]);
    server.kill();
  });
});

const fields: Record<Vendor, string[]> = {
  LUCCA: ['professions', 'jobQualifications'],
  CTRL_HUB: ['jobRoles', 'jobRoleAssignments'],
  NAVER: ['grades', 'positions'],
};
const allFields = vendors.flatMap((it) => fields[it]);
const document = `{
  employees(first: 1) { nodes { displayName } }
  ${allFields.map((it) => `${it}(first: 1) { totalCount }`).join(' ')}
  upstreams { upstream isConfigured }
}`;

const subsets: Vendor[][] = [
  ['LUCCA'],
  ['CTRL_HUB'],
  ['NAVER'],
  ['LUCCA', 'CTRL_HUB'],
  ['LUCCA', 'NAVER'],
  ['NAVER', 'CTRL_HUB'],
];

describe.each(subsets.map((it) => ({ configured: it, title: it.map((vendor) => nameOf[vendor]).join(', ') })))(
  'a server that is led to $title alone',
  ({ configured, title }) => {
    it('answers what they hold, and null with UPSTREAM_NOT_CONFIGURED for the rest', async () => {
      const server = startServer({ env: pathTo(configured) });
      const { data, errors } = await ask(await server.url(), document);
      expect(server.stdout).toContain(`(${title})`);

      const missing = vendors.filter((it) => !configured.includes(it));
      const nulls = Object.keys(data ?? {}).filter((it) => data?.[it] === null);
      expect(nulls.sort()).toEqual(missing.flatMap((it) => fields[it]).sort());
      expect(errors.map((it) => [it.path?.join('.'), it.extensions.code, it.extensions.upstream]).sort()).toEqual(
        missing.flatMap((it) => fields[it].map((field) => [field, 'UPSTREAM_NOT_CONFIGURED', it])).sort(),
      );
      expect(data?.employees).toMatchObject({ nodes: [{ displayName: expect.any(String) }] });
      expect(data?.upstreams).toEqual(
        expect.arrayContaining(vendors.map((it) => ({ upstream: it, isConfigured: configured.includes(it) }))),
      );
      server.kill();
    });
  },
);
