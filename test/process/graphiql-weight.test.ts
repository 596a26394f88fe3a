import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasProgram } from '../programs/programs.ts';
import { openBrowser } from './browser.ts';
import { cleanUp } from './child.ts';
import { type CountingProxy, startCountingProxy } from './counting-proxy.ts';
import { startServer } from './server.ts';

describe.skipIf(!hasProgram('chromium'))('GraphiQL, over the wire,', { timeout: 240_000 }, () => {
  let proxy: CountingProxy;
  let browser: BrowserContext;
  let page: Page;
  const requested: string[] = [];
  const finished = new Set<string>();

  beforeAll(async () => {
    proxy = await startCountingProxy(await startServer().url());
    browser = await openBrowser();
    page = await browser.newPage();
    page.on('request', (request) => void requested.push(request.url()));
    page.on('requestfinished', (request) => void finished.add(request.url()));
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await proxy?.stop();
    await cleanUp();
  });

  /** How many bytes come when the page is opened, until all is there that it names, and nothing comes any more. */
  async function bytesToOpen(): Promise<number> {
    const before = proxy.received();
    requested.length = 0;
    finished.clear();
    await page.goto(`${proxy.origin}/graphql`);
    await page.getByRole('tab').first().waitFor();
    const named = await page
      .locator('link[href], script[src]')
      .evaluateAll((elements) => elements.map((it) => String(Reflect.get(it, 'href') ?? Reflect.get(it, 'src'))));
    expect(named.length).toBeGreaterThan(5);
    await expect.poll(() => named.filter((it) => !finished.has(it)), { timeout: 60_000 }).toEqual([]);
    let last = -1;
    const isQuiet = () => {
      const isSame = last === proxy.received();
      last = proxy.received();
      return isSame;
    };
    await expect.poll(isQuiet, { interval: 2_000, timeout: 60_000 }).toBe(true);
    return proxy.received() - before;
  }

  it('takes less than 2 MB when it is opened first', async () => {
    const bytes = await bytesToOpen();
    expect(bytes).toBeGreaterThan(1_000_000);
    expect(bytes).toBeLessThan(2_000_000);
  });

  it('takes the page and the schema alone from then on', async () => {
    const bytes = await bytesToOpen();
    expect(requested.filter((it) => it.includes('/assets/')).length).toBeGreaterThan(5);
    expect(bytes).toBeLessThan(30_000);
  });
});
