import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasProgram } from '../programs/programs.ts';
import { accessibilityProblems } from './accessibility.ts';
import { openBrowser } from './browser.ts';
import { cleanUp } from './child.ts';
import { explanation } from './explanation-example.ts';
import { startServer } from './server.ts';

/** The last things that were seen, for people to look at. */
const screenshot = (name: string) => ({ path: join(tmpdir(), `hr-graph-graphiql-${name}.png`) });

const examples: [tab: string, expected: string][] = [
  ['Person', '"displayName": "Mina Han"'],
  ['AcrossSystems', '"hiredOn"'],
  ['GradeLadder', '"sortOrder"'],
  ['RoleBoard', '"requiredQualifications"'],
  ['Unlinked', '"identityConflicts"'],
  ['Upstreams', '"upstream": "CTRL_HUB"'],
  ['Directory', `"displayName": "Daan 's-Gravesande"`],
];

describe.skipIf(!hasProgram('chromium'))('GraphiQL in a browser', { timeout: 120_000 }, () => {
  let endpoint: string;
  let browser: BrowserContext;
  let page: Page;
  const requests: string[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    endpoint = await startServer().url();
    browser = await openBrowser();
    page = await browser.newPage();
    page.on('request', (request) => void requests.push(request.url()));
    page.on('pageerror', (error) => void complaints.push(error.message));
    page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())));
    await page.goto(endpoint);
    await page.getByRole('tab').first().waitFor();
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await cleanUp();
  });

  const tabs = () => page.getByRole('tab').allInnerTexts();
  const result = () => page.getByRole('region', { name: /result/i });
  const run = async () => {
    await page.getByRole('button', { name: /execute query/i }).click();
    // The editor writes no-break spaces.
    return (await result().innerText()).replaceAll('\u00a0', ' ');
  };
  // Nobody clicks as soon as this: for a moment after a change of tabs GraphiQL still has the other operation's name.
  const expectResult = (expected: string) => expect.poll(run, { interval: 500, timeout: 30_000 }).toContain(expected);

  it('opens with the examples in tabs', async () => {
    expect(await page.title()).toBe('hr-graph: GraphiQL');
    expect((await tabs()).toSorted()).toEqual(examples.map(([name]) => name).sort());
  });

  it.each(examples)('runs %s as it is and shows the data', async (name, expected) => {
    await page.getByRole('tab', { name }).click();
    await expectResult(expected);
    expect(await result().innerText()).not.toMatch(/"code": "(?!CONFLICT)/);
  });

  it('documents the schema, what gateways ask for last', async () => {
    await page.getByRole('button', { name: /documentation explorer/i }).click();
    await page.getByRole('link', { name: 'Query' }).first().click();
    await page.getByText('Queries over all configured upstreams, joined.').waitFor();
    await page.screenshot(screenshot('docs'));
    const fields = await page.locator('.graphiql-doc-explorer-field-name').allInnerTexts();
    expect(fields.slice(0, 2)).toEqual(['employee', 'employees']);
    const first = fields.findIndex((it) => it.startsWith('_'));
    expect(fields.slice(first, first + 3)).toEqual(['_entities', '_service', '_sdl']);
    expect(fields.slice(0, first).filter((it) => /By(Id|Key|Email)$/.test(it))).toEqual([]);
    expect(fields.slice(first + 3).filter((it) => !/By(Id|Key|Email)$/.test(it))).toEqual([]);
  });

  it('holds what is open in the address, behind what a server gets to see', async () => {
    await page.getByRole('tab', { name: 'Person' }).click();
    await expect
      .poll(() => new URLSearchParams(new URL(page.url()).hash.slice(1)).get('query'))
      .toContain('query Person');
    const address = page.url();
    expect(new URL(address).search).toBe('');
    const other = await browser.newPage();
    await other.goto(address);
    await other.getByRole('tab', { name: 'Person', selected: true }).waitFor();
    expect(new URLSearchParams(new URL(other.url()).hash.slice(1)).get('variables')).toContain('mina.han@');
    await other.close();
  });

  it('opens a query of its own that an address asks for, beside the examples', async () => {
    const other = await browser.newPage();
    const query = 'query Shared($n: Int) { grades(first: $n) { totalCount } }';
    await other.goto(`${endpoint}#${new URLSearchParams({ query, variables: '{"n": 1}' })}`);
    await other.getByRole('tab', { name: 'Shared', selected: true }).waitFor();
    expect(await other.getByRole('tab').count()).toBe(examples.length + 1);
    await other.close();
  });

  it('keeps the tabs over a reload, and headers only on demand', async () => {
    const headers = () => page.getByRole('region', { name: /headers/i });
    const write = async (text: string) => {
      await page.getByRole('button', { name: 'Headers' }).click();
      await headers().click();
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.insertText(text);
    };
    const stored = () => page.evaluate('JSON.stringify([sessionStorage, localStorage])');
    const reload = async () => {
      await page.reload();
      await page.getByRole('tab', { name: 'Person', selected: true }).waitFor();
    };
    await write('{"x-note": "gone"}');
    await expect.poll(() => headers().innerText()).toContain('gone');
    await reload();
    expect(await stored()).not.toContain('gone');
    expect(await tabs()).toHaveLength(examples.length);

    await page.getByRole('button', { name: /settings/i }).click();
    await page.getByRole('button', { name: 'On', exact: true }).click();
    await page.keyboard.press('Escape');
    await write('{"x-note": "kept"}');
    await expect.poll(stored).toContain('kept');
    expect(await page.evaluate('JSON.stringify(localStorage)')).not.toContain('kept');
    await reload();
    await page.getByRole('button', { name: 'Headers' }).click();
    await expect.poll(() => headers().innerText()).toContain('kept');
    const sent = page.waitForRequest((request) => request.method() === 'POST' && 'x-note' in request.headers());
    await run();
    expect((await sent).headers()['x-note']).toBe('kept');
  });

  const panel = () => page.getByRole('region', { name: 'What the last answer took' });

  it('draws what an answer took, where it says so', async () => {
    await page.route('**/graphql', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({
        response: answer,
        json: { ...(await answer.json()), extensions: { explain: explanation } },
      });
    });
    await run();
    await panel().getByText('60.2 ms, 2 upstream requests').waitFor();
    expect(await panel().getByRole('row').allInnerTexts()).toEqual([
      expect.stringContaining('Request'),
      expect.stringMatching(/LUCCA rate limit\s+employees\s+1\.5/),
      expect.stringMatching(/LUCCA GET \/v3\/employees\s+employees\s+200 100 rows\s+21\.4/),
      expect.stringMatching(/503 UPSTREAM_UNAVAILABLE\s+33\.5/),
    ]);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await accessibilityProblems(page, '#explanation')).toEqual([]);
      await page.screenshot(screenshot(`explained-${colorScheme}`));
    }
    await page.unroute('**/graphql');
    await run();
    await panel().waitFor({ state: 'hidden' });
  });

  it('asks the server to explain while the box is ticked, and draws what it tells', async () => {
    const box = page.getByRole('checkbox', { name: 'Explain' });
    await box.check();
    await page.getByRole('tab', { name: 'GradeLadder' }).click();
    await expectResult('"sortOrder"');
    await panel()
      .getByText(/^[\d.]+ ms, /)
      .waitFor();
    await panel()
      .getByText(/^NAVER grades: (?:read|fresh), 11 rows/)
      .waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await accessibilityProblems(page, '.explain')).toEqual([]);
      await page.screenshot(screenshot(`explained-by-server-${colorScheme}`));
    }
    await box.uncheck();
    await run();
    await panel().waitFor({ state: 'hidden' });
  });

  it('can be read and used on a telephone: all tabs, query, result and documentation', async () => {
    const small = await browser.newPage();
    await small.setViewportSize({ width: 390, height: 844 });
    await small.goto(endpoint);
    for (const [name] of examples) {
      const box = await small.getByRole('tab', { name }).boundingBox();
      expect(box?.x, name).toBeGreaterThanOrEqual(0);
      expect((box?.x ?? 0) + (box?.width ?? 0), name).toBeLessThanOrEqual(390);
    }
    await small.getByRole('tab', { name: 'Person' }).click();
    const shown = small.getByRole('region', { name: /result/i });
    await expect
      .poll(
        async () => {
          await small.getByRole('button', { name: /execute query/i }).click();
          return shown.innerText();
        },
        { interval: 500, timeout: 30_000 },
      )
      .toContain('Mina');
    for (const part of [small.locator('.graphiql-query-editor'), shown]) {
      expect((await part.boundingBox())?.width).toBeGreaterThan(340);
    }
    await small.getByRole('checkbox', { name: 'Explain' }).check();
    await small.screenshot(screenshot('telephone'));
    await small.getByRole('button', { name: /documentation explorer/i }).click();
    await small.getByText('Root Types').waitFor();
    await small.screenshot(screenshot('telephone-docs'));
    await small.close();
  });

  it('has asked nobody but this server, and met no error', () => {
    const elsewhere = requests.filter(
      (it) => !/^(data|blob):/.test(it) && new URL(it).origin !== new URL(endpoint).origin,
    );
    expect(requests.length).toBeGreaterThan(2);
    expect(elsewhere).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
