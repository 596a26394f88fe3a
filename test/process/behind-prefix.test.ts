import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasProgram } from '../programs/programs.ts';
import { openBrowser } from './browser.ts';
import { cleanUp } from './child.ts';
import { startServer } from './server.ts';

const prefix = '/hr/graph';

/** An ingress that leads one prefix here, and takes it from the addresses. */
function startIngress(target: string): Promise<Server> {
  const server = createServer((request, response) => {
    const { method, headers, url = '' } = request;
    if (!url.startsWith(`${prefix}/`)) return void response.writeHead(404).end('Nothing is here.');
    const passed = httpRequest(new URL(url.slice(prefix.length), target), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    request.pipe(passed);
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

describe.skipIf(!hasProgram('chromium'))('behind an ingress that takes a prefix away', () => {
  let ingress: Server;
  let browser: BrowserContext;
  let page: Page;
  beforeAll(async () => {
    ingress = await startIngress(await startServer().url());
    browser = await openBrowser();
    page = await browser.newPage();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    ingress?.close();
    await cleanUp();
  });

  it('the start page leads to GraphiQL, and everything of both is asked for under the same prefix', async () => {
    const { port } = ingress.address() as AddressInfo;
    const asked: string[] = [];
    const failed: string[] = [];
    page.on('request', (request) => void asked.push(new URL(request.url()).pathname));
    page.on('response', (response) => void (response.status() >= 400 && failed.push(response.url())));
    await page.goto(`http://127.0.0.1:${port}${prefix}/`);
    await expect.poll(() => page.getByRole('status').innerText()).toMatch(/every configured system responds/);
    expect(await page.locator('.endpoint').first().innerText()).toBe(`http://127.0.0.1:${port}${prefix}/graphql`);
    await page.getByRole('link', { name: 'Open in GraphiQL: How the systems are doing' }).click();
    await page.getByRole('tab', { name: 'Upstreams', selected: true }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`${prefix}/graphql`);
    const result = page.getByRole('region', { name: /result/i });
    const run = async () => {
      await page.getByRole('button', { name: /execute query/i }).click();
      return result.innerText();
    };
    await expect.poll(run, { interval: 500, timeout: 30_000 }).toContain('CTRL_HUB');
    await page.getByRole('link', { name: 'Start page' }).click();
    await page.getByRole('heading', { name: 'Systems', exact: true }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`${prefix}/`);
    expect(asked.length).toBeGreaterThan(10);
    expect(asked.filter((it) => !it.startsWith(`${prefix}/`))).toEqual([]);
    expect(failed).toEqual([]);
  }, 120_000);
});
