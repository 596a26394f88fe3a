import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasProgram } from '../programs/programs.ts';
import { openBrowser } from './browser.ts';
import { cleanUp } from './child.ts';
import { startServer } from './server.ts';

/** The last thing that was seen, for people to look at. */
const screenshot = join(tmpdir(), 'hr-graph-graphiql.png');

describe.skipIf(!hasProgram('chromium'))('GraphiQL in a browser', () => {
  let browser: BrowserContext;
  let page: Page;
  let origin: string;
  const requests: string[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    const url = await startServer().url();
    ({ origin } = new URL(url));
    browser = await openBrowser();
    page = await browser.newPage();
    page.on('request', (request) => void requests.push(request.url()));
    page.on('pageerror', (error) => void complaints.push(error.message));
    await page.goto(url);
    await page.getByRole('tab').first().waitFor();
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await cleanUp();
  });

  it('opens with the examples in tabs', async () => {
    expect(await page.title()).toBe('hr-graph');
    expect(await page.getByRole('tab').allInnerTexts()).toEqual([
      'Directory',
      'Person',
      'GradeLadder',
      'RoleBoard',
      'Upstreams',
    ]);
  });

  it.each([
    ['Person', '"displayName": "Mina Han"'],
    ['Upstreams', '"upstream": "CTRL_HUB"'],
    ['Directory', `"displayName": "Daan 's-Gravesande"`],
  ])('runs %s as it is and shows the data', async (name, expected) => {
    await page.getByRole('tab', { name }).click();
    const result = page.getByRole('region', { name: /result/i });
    const run = async () => {
      await page.getByRole('button', { name: /execute query/i }).click();
      // The editor writes no-break spaces.
      return (await result.innerText()).replaceAll('\u00a0', ' ');
    };
    // Nobody clicks as soon as this: for a moment after a change of tabs GraphiQL still has the other operation's name.
    await expect.poll(run, { interval: 500, timeout: 10_000 }).toContain(expected);
    await page.screenshot({ path: screenshot });
  });

  it('documents the schema', async () => {
    await page.getByRole('button', { name: /documentation explorer/i }).click();
    await page.getByRole('link', { name: 'Query' }).first().click();
    await page.getByText('Reads over every configured upstream, joined.').waitFor();
    await page.screenshot({ path: screenshot.replace('.png', '-docs.png') });
  });

  it('has asked nobody but this server, and met no error', () => {
    const elsewhere = requests.filter((it) => !/^(data|blob):/.test(it) && new URL(it).origin !== origin);
    expect(requests.length).toBeGreaterThan(2);
    expect(elsewhere).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
