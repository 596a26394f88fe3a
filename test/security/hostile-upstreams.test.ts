import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createCompany } from '../../src/sandbox/company/company.ts';
import type { Reply as UpstreamReply } from '../../src/sandbox/emulator.ts';
import { type GuardedGraph, honest, startGuarded } from './guarded-graph.ts';

let graph: GuardedGraph;
/** What Lucca answers instead of itself; null for itself. */
let hostile: UpstreamReply | null = null;

/** Somebody else's server, to which nothing may ever be sent. */
const elsewhere: Server = createServer((request, response) => {
  strayRequests.push(`${request.method} ${request.url}`);
  response.end('{}');
});
const strayRequests: string[] = [];

async function addressOf(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return `127.0.0.1:${port}`;
}

let foreign: string;
beforeAll(async () => {
  foreign = `http://${await addressOf(elsewhere)}`;
  graph = await startGuarded({ env: { CACHE_FRESH_SECONDS: '0' } });
});
afterEach(() => {
  hostile = null;
});
afterAll(async () => {
  await graph.stop();
  elsewhere.closeAllConnections();
  elsewhere.close();
});

const document = '{ employees(first: 1) { nodes { id } } upstreams { upstream } }';

/** Expects the field to fail with the code, in time, the rest to be answered, and everything once Lucca is itself again. */
async function expectFailure(name: string, target: GuardedGraph, code: string | RegExp): Promise<string> {
  const reply = await target.ask(document);
  process.stdout.write(`failed in ${reply.milliseconds.toFixed(1).padStart(7)} ms: ${name}\n`);
  expect(reply).toMatchObject({
    status: 200,
    json: {
      data: { employees: null },
      errors: [{ extensions: { code: expect.stringMatching(code), upstream: 'LUCCA' } }],
    },
  });
  return reply.body;
}

async function expectRefused(name: string, reply: UpstreamReply, code: string | RegExp = 'UPSTREAM_INVALID_RESPONSE') {
  const { lucca } = graph.sandbox;
  hostile = reply;
  lucca.inject({ times: 1_000, matches: ({ path }) => hostile === reply && !path.startsWith('/connect/'), reply });
  const body = await expectFailure(name, graph, code);
  hostile = null;
  expect(await graph.ask(honest)).toMatchObject({ status: 200, json: { errors: [] } });
  expect(strayRequests).toEqual([]);
  return body;
}

const zeros = (megabytes: number): Buffer => Buffer.alloc(megabytes * 1_000_000, '0');
const brotli = (bytes: Buffer): Buffer =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });
const json = { 'content-type': 'application/json' };
const encoded = (coding: string) => ({ ...json, 'content-encoding': coding });

describe('an answer that is too large', () => {
  it.each<[string, () => UpstreamReply]>([
    ['20 MB', () => ({ status: 200, headers: json, body: zeros(20) })],
    ['300 MB in gzip', () => ({ status: 200, headers: encoded('gzip'), body: gzipSync(zeros(300)) })],
    ['300 MB in Brotli', () => ({ status: 200, headers: encoded('br'), body: brotli(zeros(300)) })],
    [
      '300 MB in gzip in gzip',
      () => ({ status: 200, headers: encoded('gzip, gzip'), body: gzipSync(gzipSync(zeros(300))) }),
    ],
    ['300 MB in gzip as an error', () => ({ status: 400, headers: encoded('gzip'), body: gzipSync(zeros(300)) })],
  ])('of %s is cut off, and memory does not grow by it', async (name, reply) => {
    const answer = reply();
    const before = process.memoryUsage().rss;
    await expectRefused(name, answer);
    expect((process.memoryUsage().rss - before) / 1_000_000).toBeLessThan(200);
  });
});

describe('an answer that is strange', () => {
  const list = (item: object): string => JSON.stringify({ items: [item], links: {} });

  it.each<[string, UpstreamReply]>([
    ['lists in lists', { status: 200, headers: json, body: '['.repeat(2_000_000) + ']'.repeat(2_000_000) }],
    [
      'objects in objects',
      { status: 200, headers: json, body: `${'{"items":'.repeat(500_000)}1${'}'.repeat(500_000)}` },
    ],
    ['half of it', { status: 200, headers: json, body: '{"items": [' }],
    ['a page for people', { status: 200, headers: { 'content-type': 'text/html' }, body: '<script>alert(1)</script>' }],
    ['another coding', { status: 200, headers: encoded('zstd-of-tomorrow'), body: 'x' }],
    [
      'a coding that only objects have',
      { status: 200, headers: encoded('constructor'), body: '{"items":[],"links":{}}' },
    ],
    ['more codings than anybody needs', { status: 200, headers: encoded(`gzip${', gzip'.repeat(500)}`), body: 'x' }],
    ['a coding that it is not', { status: 200, headers: encoded('gzip'), body: '{}' }],
    ['no text at all', { status: 200, headers: json, body: Buffer.from([0xff, 0xfe, 0x00, 0xd8]) }],
    [
      'prototypes',
      { status: 200, headers: json, body: '{"__proto__": {"items": []}, "constructor": {"prototype": {}}}' },
    ],
    ['numbers for texts', { status: 200, headers: json, body: list({ id: { toString: 1 }, givenName: 7 }) }],
  ])('with %s is refused, and not quoted', async (name, reply) => {
    const body = await expectRefused(name, reply);
    expect(body).not.toContain('script');
    expect(({} as Record<string, unknown>).items).toBeUndefined();
  });
});

describe('an answer that leads elsewhere', () => {
  it.each([301, 302, 303, 307, 308])('by a redirect of %i is not followed', async (status) => {
    await expectRefused(`redirect ${status}`, { status, headers: { location: `${foreign}/steal` } }, /^UPSTREAM_/);
  });

  it.each(['//', 'http://', 'https://user@', 'http:\\\\'])('by a next page at %s is not followed', async (start) => {
    const href = `${start}${foreign.slice('http://'.length)}/lucca-api/employees?page=abc`;
    const employee = { id: '20001', givenName: 'A', familyName: 'B', email: null };
    const reply = { status: 200, headers: json, body: { items: [employee], links: { next: { href } }, totalCount: 2 } };
    await expectRefused(`next page at ${start}`, reply, 'UPSTREAM_INVALID_RESPONSE');
  });

  it('is not followed by the request for a token either, which carries the secret', async () => {
    const moved = await startGuarded({ env: { CACHE_FRESH_SECONDS: '0' } });
    moved.sandbox.lucca.expireTokens();
    moved.sandbox.lucca.inject({
      times: 1_000,
      matches: ({ path }) => path.startsWith('/connect/'),
      reply: { status: 307, headers: { location: `${foreign}/connect/token` } },
    });
    await expectFailure('token moved', moved, /^UPSTREAM_/);
    expect(strayRequests).toEqual([]);
    await moved.stop();
  });
});

describe('an answer of Ctrl Hub that leads elsewhere', () => {
  const created =
    'mutation ($input: CreateJobRoleAssignmentInput!) { createJobRoleAssignment(input: $input) { __typename } }';
  const { users, jobRoles } = createCompany({ people: 200 }).ctrlHub;

  it('by the place of what was created is not followed', async () => {
    const reply = { status: 201, headers: { location: `${foreign}/v3/job-role-assignments/1` } };
    const isPost = ({ method }: { method: string }) => method === 'POST';
    graph.sandbox.ctrlHub.inject({ times: 5, matches: isPost, reply });
    await graph.ask(created, {
      input: { ctrlHubUserId: users[0]?.id, ctrlHubRoleId: jobRoles[0]?.id, type: 'elsewhere' },
    });
    expect(graph.sandbox.ctrlHub.requests.some(isPost)).toBe(true);
    expect(strayRequests).toEqual([]);
  });

  it('by a next page is not followed', async () => {
    const links = { self: `${foreign}/v3/a`, next: `${foreign}/v3/a?page[offset]=1`, last: `${foreign}/v3/a` };
    const body = { data: [], included: [], links, meta: { pagination: { total: 2 } } };
    const before = graph.sandbox.ctrlHub.requests.length;
    graph.sandbox.ctrlHub.inject({ times: 5, reply: { status: 200, body } });
    await graph.ask('{ jobRoleAssignments { nodes { id } } }');
    expect(graph.sandbox.ctrlHub.requests.length).toBeGreaterThan(before);
    expect(strayRequests).toEqual([]);
  });
});

describe('an upstream that is not what it claims', () => {
  async function withLuccaAt(
    server: Server,
    scheme: string,
    play: (target: GuardedGraph) => Promise<void>,
  ): Promise<void> {
    const origin = `${scheme}://${await addressOf(server)}`;
    const target = await startGuarded({ env: { LUCCA_BASE_URL: `${origin}/lucca-api`, CACHE_FRESH_SECONDS: '0' } });
    await play(target);
    await target.stop();
    server.closeAllConnections();
    server.close();
  }

  it('has a certificate that nobody vouches for, and is sent nothing', async () => {
    const pem = readFileSync(new URL('self-signed.pem', import.meta.url));
    const received: string[] = [];
    const impostor = createTlsServer({ key: pem, cert: pem }, (request, response) => {
      received.push(String(request.headers.authorization));
      response.end('{}');
    });
    await withLuccaAt(impostor, 'https', async (target) => {
      await expectFailure('certificate of nobody', target, 'UPSTREAM_UNAVAILABLE');
      expect(target.log.join('')).toContain('DEPTH_ZERO_SELF_SIGNED_CERT');
      expect(received).toEqual([]);
    });
  });

  const endless: [string, RequestListener][] = [
    [
      'a flood',
      (_, response) => {
        const piece = zeros(1);
        const pour = () => {
          while (!response.destroyed && response.write(piece));
        };
        response.on('drain', pour);
        pour();
      },
    ],
    [
      'drops',
      (_, response) => {
        const drip = setInterval(() => void response.write(' '), 50);
        response.once('close', () => clearInterval(drip));
      },
    ],
    ['silence', () => undefined],
    ['headers without end', (_, { socket }) => void socket?.write(`HTTP/1.1 200 OK\r\n${'X-A: b\r\n'.repeat(20_000)}`)],
  ];

  it('answers without end, or not at all, and is given up in time', { timeout: 40_000 }, async () => {
    const attempts = endless.map(([name, listener]) =>
      withLuccaAt(createServer(listener), 'http', async (target) => {
        await expectFailure(name, target, /^UPSTREAM_(TIMEOUT|UNAVAILABLE|INVALID_RESPONSE)$/);
        const others = await target.ask('{ grades(first: 1) { totalCount } jobRoles(first: 1) { totalCount } }');
        expect(others).toMatchObject({ status: 200, json: { errors: [] } });
      }),
    );
    await Promise.all(attempts);
  });
});

describe('after all that', () => {
  it('no secret is in the log', () => {
    const log = graph.log.join('');
    const secrets = Object.entries(graph.sandbox.env).filter(([name]) => /SECRET|TOKEN$|KEY$/.test(name));
    expect(secrets.length).toBeGreaterThan(3);
    expect(secrets.filter(([, value]) => log.includes(value))).toEqual([]);
    expect(log).not.toMatch(/bearer/i);
  });
});
