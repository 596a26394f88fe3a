import { createServer, request as httpRequest, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { hasProgram } from '../programs/programs.ts';
import { openBrowser } from './browser.ts';
import { cleanUp, emptyFolder } from './child.ts';

const servers: Server[] = [];

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Passes everything on, and names each request, as gateways do. */
const gatewayTo =
  (target: () => string): RequestListener =>
  (request, response) => {
    const { method, headers, url = '' } = request;
    const passed = httpRequest(new URL(url, target()), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, { ...answer.headers, 'x-request-id': 'request-7' });
      answer.pipe(response);
    });
    request.pipe(passed);
  };

describe.skipIf(!hasProgram('chromium'))('a page of another origin that CORS_ORIGINS names', () => {
  let graph: TestGraph;
  let browser: BrowserContext;
  let page: Page;
  let endpoint: string;

  beforeAll(async () => {
    const outDir = emptyFolder();
    const entry = join(import.meta.dirname, '../../src/client/client.ts');
    await build({
      configFile: false,
      logLevel: 'warn',
      build: {
        outDir,
        emptyOutDir: true,
        lib: { entry, name: 'hrGraph', formats: ['iife'], fileName: () => 'client.js' },
      },
    });
    const origin = await serve((_, response) =>
      response.setHeader('content-type', 'text/html').end('<title>Page</title>'),
    );
    graph = await startGraph({ env: { CORS_ORIGINS: origin, RATE_LIMIT_PER_CALLER: '2/60' } });
    endpoint = `${await serve(gatewayTo(() => graph.url))}/graphql`;
    browser = await openBrowser();
    page = await browser.newPage();
    await page.goto(origin);
    await page.addScriptTag({ path: join(outDir, 'client.js') });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    for (const server of servers) server.close();
    await graph?.stop();
    await cleanUp();
  });

  const inPage = (script: string): Promise<unknown> =>
    page.evaluate(`(async () => { const endpoint = ${JSON.stringify(endpoint)}; ${script} })()`);

  it('can read how old an answer is and by which name to report it', async () => {
    const seen = await inPage(`
      const response = await fetch(endpoint, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: '{ grades { totalCount } }' }),
      });
      return ['age', 'x-request-id'].map((name) => response.headers.get(name));`);
    expect(seen).toEqual([expect.stringMatching(/^\d+$/), 'request-7']);
  });

  it('can read when to ask again, so that the typed client does not ask before', async () => {
    const asked: string[] = [];
    page.on('request', (request) => void (request.method() === 'POST' && asked.push(request.url())));
    const seen = await inPage(`
      const client = hrGraph.createHrGraphClient({ url: endpoint });
      await client.upstreamStatus();
      return client.upstreamStatus().catch(({ response }) => [response.status, response.headers.get('retry-after')]);`);
    expect(seen).toEqual([429, expect.stringMatching(/^\d{1,2}$/)]);
    expect(asked).toHaveLength(2);
  });
});
