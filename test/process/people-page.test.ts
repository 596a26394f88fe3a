import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { build, type PreviewServer, preview } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { hasProgram } from '../programs/programs.ts';
import { openBrowser } from './browser.ts';
import { cleanUp, emptyFolder } from './child.ts';

/** The last things that were seen, for people to look at. */
const screenshot = (name: string) => ({ path: join(tmpdir(), `hr-graph-people-${name}.png`) });

const root = join(import.meta.dirname, '../../examples/people');
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const findings = z.object({ violations: z.array(z.object({ id: z.string() })) });

describe.skipIf(!hasProgram('chromium'))('the example of a front end', () => {
  let graph: TestGraph;
  let server: PreviewServer;
  let browser: BrowserContext;
  let page: Page;
  const complaints: string[] = [];
  const sent: string[] = [];

  beforeAll(async () => {
    graph = await startGraph();
    process.env.HR_GRAPH_ORIGIN = new URL(graph.url).origin;
    const inline = {
      root,
      configFile: join(root, 'vite.config.ts'),
      logLevel: 'warn',
      build: { outDir: emptyFolder(), emptyOutDir: true },
    } as const;
    await build(inline);
    server = await preview({ ...inline, preview: { port: 0 } });
    browser = await openBrowser();
    page = await browser.newPage();
    page.on('pageerror', (error) => void complaints.push(error.message));
    page.on('request', (request) => void sent.push(`${request.url()} ${request.postData() ?? ''}`));
    await page.goto(server.resolvedUrls?.local[0] ?? '');
    await page.getByRole('button', { name: 'Next' }).and(page.locator(':enabled')).waitFor();
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await graph?.stop();
    await cleanUp();
  });

  const names = () => page.getByRole('row').getByRole('rowheader').allInnerTexts();
  const accessibilityProblems = async () => {
    await page.addScriptTag({ path: axe });
    const { violations } = findings.parse(await page.evaluate('axe.run()'));
    return violations.map((it) => it.id);
  };

  it('shows people in pages, forwards and back', async () => {
    const first = await names();
    expect(first).toHaveLength(12);
    expect(await page.getByRole('status').first().innerText()).toBe(`${graph.company.lucca.employees.length} people`);
    await page.screenshot(screenshot('table'));
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText('Page 2').waitFor();
    const second = await names();
    expect(second.filter((it) => first.includes(it))).toEqual([]);
    await page.getByRole('button', { name: 'Previous' }).click();
    await page.getByText('Page 1').waitFor();
    expect(await names()).toEqual(first);
    expect(await page.getByRole('button', { name: 'Previous' }).isDisabled()).toBe(true);
  });

  it('narrows them by name and status while somebody types', async () => {
    await page.getByLabel('Name').fill('han mi');
    await expect.poll(names).toEqual(['Mina Han']);
    await page.getByLabel('Status').selectOption('UPCOMING');
    await page.getByText('Nobody fits.').waitFor();
    expect(await page.getByRole('button', { name: 'Next' }).isDisabled()).toBe(true);
    await page.getByLabel('Status').selectOption('');
    await expect.poll(names).toEqual(['Mina Han']);
  });

  it('shows somebody over all systems, and gives them a job role', async () => {
    await page.getByRole('button', { name: 'Mina Han' }).click();
    const dialog = page.getByRole('dialog', { name: 'Mina Han' });
    const roles = () => dialog.getByRole('listitem').allInnerTexts();
    await expect.poll(roles).not.toEqual(['One moment…']);
    const before = await roles();
    expect(await dialog.getByRole('definition').nth(1).innerText()).not.toBe('–');
    const select = dialog.getByLabel('Another job role');
    await expect.poll(async () => (await select.getByRole('option').count()) > 1).toBe(true);
    const offered = await select.getByRole('option').allInnerTexts();
    const role = offered.find((it, index) => index > 0 && !before.includes(it)) ?? 'none';
    await select.selectOption(role);
    await dialog.getByRole('button', { name: 'Assign' }).click();
    await dialog.getByText(`Assigned: ${role}.`).waitFor();
    await expect.poll(async () => (await roles()).toSorted()).toEqual([...before, role].toSorted());
    expect(await accessibilityProblems()).toEqual([]);
    await page.screenshot(screenshot('person'));
    await dialog.getByRole('button', { name: 'Close' }).click();
    expect(await page.getByRole('button', { name: 'Mina Han' }).isVisible()).toBe(true);
  });

  it('can be used without eyes and mouse, in light and in dark, as far as a program can tell', async () => {
    await page.getByLabel('Name').fill('');
    await expect.poll(async () => (await names()).length).toBe(12);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await accessibilityProblems()).toEqual([]);
    }
    await page.screenshot(screenshot('dark'));
  });

  it('asks its own server only, in persisted operations, and meets no error', () => {
    const { origin } = new URL(page.url());
    expect(sent.filter((it) => !it.startsWith(`${origin}/`) && !it.startsWith('data:'))).toEqual([]);
    const operations = sent.filter((it) => it.includes('/graphql'));
    expect(operations.length).toBeGreaterThan(5);
    expect(operations.filter((it) => !it.includes('"sha256Hash"') || it.includes('"query"'))).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('says so when nothing answers', async () => {
    await page.route('**/graphql', (route) => route.abort());
    await page.getByLabel('Name').fill('mi');
    await page.getByRole('alert').filter({ hasText: 'Is it running?' }).waitFor();
    await page.screenshot(screenshot('alone'));
  });
});
