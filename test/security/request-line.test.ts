import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GuardedGraph, startGuarded } from './guarded-graph.ts';

let graph: GuardedGraph;
beforeAll(async () => {
  graph = await startGuarded();
});
afterAll(() => graph.stop());

const json = { 'content-type': 'application/json' };

describe('a request on its way', () => {
  /** As written, byte for byte; resolves with all that came back. */
  async function raw(text: string): Promise<string> {
    const { hostname, port } = new URL(graph.url);
    const socket = connect(Number(port), hostname);
    socket.end(text);
    let received = '';
    for await (const bytes of socket) received += String(bytes);
    return received;
  }
  const body = JSON.stringify({ query: '{ __typename }' });
  const head = 'POST /graphql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n';

  it('is one request, however its headers are written', async () => {
    expect(await raw(`${head}Content-Length: ${body.length}\r\n\r\n${body}`)).toMatch(/^HTTP\/1\.1 200 /);
    const smuggled = [
      `${head}Content-Length: ${body.length}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${body}`,
      `${head}Content-Length: 5\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      `${head}Content-Length: -1\r\n\r\n${body}`,
      `${head}Accept-Language: ko\rX-Injected: 1\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      `${head}Accept-Language: k\0o\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      `${head}X-Long: ${'x'.repeat(20_000)}\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    ];
    for (const text of smuggled) expect(await raw(text)).toMatch(/^HTTP\/1\.1 4\d\d /);
  });

  it('is told what of its head is too long, and how long it may be', async () => {
    const told = (answer: string): unknown => {
      expect(answer).toMatch(/^HTTP\/1\.1 431 Request Header Fields Too Large\r\n/);
      return JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')));
    };
    const refused = (message: string) => ({ errors: [{ message, extensions: { code: 'BAD_USER_INPUT' } }] });
    const rest = `Content-Length: ${body.length}\r\n\r\n${body}`;
    const token = await raw(`${head}Authorization: Bearer ${'x'.repeat(20_000)}\r\n${rest}`);
    expect(told(token)).toEqual(
      refused(
        'Address and headers may take 16384 bytes together, and take 20100: the header authorization alone takes 20020.',
      ),
    );
    const address = await raw(
      `GET /graphql?${'x'.repeat(20_000)} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
    );
    expect(told(address)).toMatchObject(refused(expect.stringContaining("the request's address alone takes 20009")));
    const endless = await raw(`${head}Authorization: Bearer ${'x'.repeat(100_000)}\r\n${rest}`);
    expect(told(endless)).toEqual(
      refused('Address and headers may take 16384 bytes together, and take more than 65536.'),
    );
    expect(await raw(`${head}Authorization: Bearer ${'x'.repeat(15_000)}\r\n${rest}`)).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('that is none is told so', async () => {
    const answer = await raw('Hello\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toMatchObject({
      errors: [{ message: expect.stringContaining('HTTP/1.1') }],
    });
  });

  it.each([
    'GET /graphql HTTP/1.1\r\nHost: localhost:x\r\nConnection: close\r\n\r\n',
    'GET /graphql HTTP/1.1\r\nHost: [\r\nConnection: close\r\n\r\n',
    'GET /graphql HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n',
    'GET /graphql HTTP/1.1\r\nConnection: close\r\n\r\n',
    'GET /graphql HTTP/1.0\r\n\r\n',
    'GET //evil.example/graphql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
    'GET http://evil.example/graphql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
    'GET /graphql/../graphql?query=%ff%00 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
    'OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
    'CONNECT evil.example:443 HTTP/1.1\r\nHost: localhost\r\n\r\n',
    'TRACE /graphql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
    'HEAD /graphql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
    'GET /graphql HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade, close\r\n\r\n',
  ])('such as %j is no reason for an error of ours', async (text) => {
    const before = graph.log.length;
    expect(await raw(text)).toMatch(/^(HTTP\/1\.1 [24]\d\d |$)/);
    expect(graph.log.slice(before).filter((it) => it.includes('unexpected'))).toEqual([]);
  });

  it('puts nothing of its own into the headers of an answer or of an upstream request', async () => {
    const evil = 'ko\r\nX-Injected: 1\r\n\r\n<html>';
    const document =
      'query ($key: String!) { grade(externalKey: $key) { name } employee(by: { naverExternalKey: $key }) { id } }';
    for (const value of [
      evil,
      'a\nb',
      '\u2028',
      '../../v2/company',
      '..',
      '.',
      '%2e%2e',
      '%0d%0aX-Injected:1',
      '?a=b#c',
    ]) {
      const reply = await graph.ask(document, { key: value });
      expect(reply.status).toBe(200);
      expect([...reply.headers.keys()]).not.toContain('x-injected');
    }
    const targets = [graph.sandbox.lucca, graph.sandbox.ctrlHub, graph.sandbox.naver].flatMap((it) => it.requests);
    const segments = targets.flatMap(({ target }) => target.split(/[/?]/));
    expect(segments.filter((it) => /[\r\n\0]/.test(it) || it === '..' || it === '.')).toEqual([]);
    expect(targets.length).toBeGreaterThan(0);
  });

  it('is only answered under a name of this machine where everybody on it may ask', async () => {
    const { port } = new URL(graph.url);
    const statusUnder = (host: string) =>
      new Promise<number | undefined>((resolve) => {
        const request = httpRequest(
          { port, method: 'POST', path: '/graphql', headers: { ...json, host } },
          (response) => {
            response.resume().once('end', () => resolve(response.statusCode));
          },
        );
        request.end(JSON.stringify({ query: '{ __typename }' }));
      });
    const local = ['localhost', 'LOCALHOST:4000', '127.0.0.1:4000', '[::1]:4000'];
    const foreign = ['evil.example', 'localhost.evil.example:4000', '10.0.0.1'];
    const statuses = await Promise.all([...local, ...foreign].map(statusUnder));
    expect(statuses).toEqual([...local.map(() => 200), ...foreign.map(() => 403)]);
  });
});
