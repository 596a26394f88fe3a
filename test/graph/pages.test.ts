import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { nodeTypes } from '../../src/domain/node-id.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph.stop());

/** GraphiQL is taken from its package when it is first asked for, which takes a busy machine long. */
const longer = { timeout: 120_000 };

type Response = { status: number; headers: IncomingHttpHeaders; bytes: Buffer };

/** As it came, without decompression. */
const send = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Response> =>
  new Promise((resolve, reject) => {
    const request = httpRequest(new URL(path, graph.url), { method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes: Buffer.concat(chunks) }),
      );
    });
    request.on('error', reject).end();
  });

const pages: [path: string, accept: string][] = [
  ['/', '*/*'],
  ['/graphql', 'text/html'],
];

const addressesIn = (html: string): string[] =>
  [...html.matchAll(/<(?:script|link)\b[^>]*\b(?:src|href)="([^"]+)"/g)].map(([, address = '']) => address);

const pageData = z.object({
  examples: z.array(z.object({ query: z.string(), variables: z.string() })),
  workers: z.record(z.string(), z.string()),
  icon: z.string(),
  explainPanel: z.string(),
});

const dataIn = (html: string) =>
  pageData.parse(JSON.parse(/<script type="application\/json" id="page-data">(.*)<\/script>/.exec(html)?.[1] ?? ''));

/** The paths of all files behind both pages. */
async function assetPaths(): Promise<string[]> {
  const [start = '', graphiql = ''] = await Promise.all(
    pages.map(async ([path, accept]) => (await send(path, { accept })).bytes.toString()),
  );
  const { workers, icon, explainPanel } = dataIn(graphiql);
  const named = [...Object.values(workers), icon, explainPanel].map((it) => `graphql/assets/${it}`);
  const paths = [...new Set([...addressesIn(start), ...addressesIn(graphiql), ...named])].map((it) => `/${it}`);
  const sheet = paths.find((it) => /graphiql-[^/]+\.css$/.test(it) && !it.includes('graphiql-page')) ?? '';
  const fonts = (await send(sheet)).bytes.toString().matchAll(/url\((font-[^)]+)\)/g);
  return [...paths, ...[...new Set([...fonts].map(([, font]) => font))].map((it) => `/graphql/assets/${it}`)];
}

describe('a page', longer, () => {
  it.each(pages)('at %s is for one caller, and takes nothing from elsewhere', async (path, accept) => {
    const { status, headers, bytes } = await send(path, { accept });
    expect({ status, ...headers }).toMatchObject({
      status: 200,
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'private, no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
    const policy = String(headers['content-security-policy']);
    expect(policy).toMatch(/default-src 'none'; script-src 'self';/);
    expect(policy).toMatch(/base-uri 'none'; form-action 'none'; frame-ancestors 'none'/);
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval/);
    const html = bytes.toString();
    expect(addressesIn(html).length).toBeGreaterThan(2);
    expect(addressesIn(html).filter((it) => !it.startsWith('graphql/assets/'))).toEqual([]);
    // Nothing runs that does not stand in a file, and nothing is styled in the page: the policy would not have it.
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]*(?:\ssrc=|type="application\/json"))/);
  });

  it.each(pages)('at %s is compressed for who takes that, and has no body for HEAD', async (path, accept) => {
    const plain = (await send(path, { accept })).bytes;
    const { headers, bytes } = await send(path, { accept, 'accept-encoding': 'gzip' });
    expect(headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
    expect(gunzipSync(bytes)).toEqual(plain);
    if (path === '/') expect((await send(path, {}, 'HEAD')).bytes).toHaveLength(0);
  });

  it('names its files from where it is, also with a slash at the end', async () => {
    const html = (await send('/graphql/', { accept: 'text/html' })).bytes.toString();
    const addresses = addressesIn(html).map((it) => new URL(it, new URL('/graphql/', graph.url)).pathname);
    for (const path of addresses) expect((await send(path)).status, path).toBe(200);
  });

  it('is no answer for programs: GraphQL is', async () => {
    const { headers } = await send('/graphql?query={__typename}', { accept: '*/*' });
    expect(headers['content-type']).toContain('json');
  });

  it('shows every type with an id, who owns it, and no field twice', async () => {
    const html = (await send('/')).bytes.toString();
    const [wide = '', narrow = ''] = html.match(/<svg[\s\S]*?<\/svg>/g) ?? [];
    for (const picture of [wide, narrow]) {
      for (const type of nodeTypes) expect(picture).toContain(`>${type}</text>`);
      const owned = (owner: string) =>
        [
          ...(new RegExp(`<g class="owned ${owner}">([\\s\\S]*?)</g>`).exec(picture)?.[1] ?? '').matchAll(
            /class="name".*?>(\w+)</g,
          ),
        ]
          .map(([, type]) => type)
          .sort();
      expect(owned('lucca')).toEqual(['JobQualification', 'Profession']);
      expect(owned('naver')).toEqual(['Grade', 'Position']);
      expect(owned('ctrl-hub')).toEqual(['JobRole', 'JobRoleAssignment', 'Organisation']);
      const edges = [...picture.matchAll(/class="edge".*?>(.*?)</g)].map(([, text]) => text);
      const spoken = /aria-label="The graph: (.*?)\."/.exec(picture)?.[1]?.split('; ') ?? [];
      expect(edges).toHaveLength(spoken.length);
      expect(spoken).toContain('Employee.grade leads to Grade');
      expect(edges).toContain('↓ Employee.grade');
    }
  });
});

describe('the examples', longer, () => {
  it('all run without an error, and find something', async () => {
    const { examples } = dataIn((await send('/graphql', { accept: 'text/html' })).bytes.toString());
    expect(examples.length).toBeGreaterThan(5);
    for (const { query, variables } of examples) {
      const { data, errors } = await graph.query(query, variables === '' ? {} : JSON.parse(variables));
      expect(
        errors.map(({ extensions }) => extensions.code).filter((it) => it !== 'CONFLICT'),
        query,
      ).toEqual([]);
      expect(JSON.stringify(data).length, query).toBeGreaterThan(150);
    }
  });
});

describe('a file behind a page', longer, () => {
  it('may be cached for ever by anybody, and is the same in each encoding', async () => {
    const paths = await assetPaths();
    expect(paths.length).toBeGreaterThan(30);
    for (const path of paths) {
      const [plain, gzip, br] = await Promise.all(
        ['identity', 'gzip', 'br'].map((it) => send(path, { 'accept-encoding': it })),
      );
      if (plain === undefined || gzip === undefined || br === undefined) throw new Error(path);
      expect(plain.status, path).toBe(200);
      expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable');
      if (path.includes('.woff')) continue;
      expect([gzip.headers['content-encoding'], br.headers['content-encoding']]).toEqual(['gzip', 'br']);
      expect(gunzipSync(gzip.bytes).equals(plain.bytes), path).toBe(true);
      expect(brotliDecompressSync(br.bytes).equals(plain.bytes), path).toBe(true);
    }
  });

  it('has the same name on every replica, and another one is not there', async () => {
    const before = await assetPaths();
    await graph.restartGraph();
    // Asked for before any page is: the page may come from another replica.
    for (const path of before.slice(0, 5)) expect((await send(path)).status, path).toBe(200);
    expect(await assetPaths()).toEqual(before);
    expect((await send('/graphql/assets/graphiql-0000000000000000.js')).status).toBe(404);
  });

  it('is not there without its page', async () => {
    const ofGraphiql = (await assetPaths()).filter((it) => /graphiql-[\w-]{16}\.js$/.test(it));
    await graph.restartGraph({ GRAPHIQL: 'off' });
    expect(ofGraphiql.length).toBeGreaterThan(0);
    for (const path of ofGraphiql) expect((await send(path)).status, path).toBe(404);
    const html = (await send('/')).bytes.toString();
    expect(html).not.toMatch(/graphiql/i);
    for (const address of addressesIn(html)) expect((await send(`/${address}`)).status, address).toBe(200);
    await graph.restartGraph({ GRAPHIQL: undefined });
  });
});
