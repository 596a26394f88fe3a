import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { hasProgram } from '../programs/programs.ts';
import { accessibilityProblems } from './accessibility.ts';
import { openBrowser } from './browser.ts';
import { cleanUp, emptyFolder } from './child.ts';

/** The last things that were seen, for people to look at. */
const screenshot = (name: string) => ({ path: join(tmpdir(), `hr-graph-start-${name}.png`), fullPage: true });

const widths = [390, 1280];
const schemes = ['light', 'dark'] as const;

describe.skipIf(!hasProgram('chromium'))('the start page in a browser', { timeout: 120_000 }, () => {
  let graph: TestGraph;
  let browser: BrowserContext;
  let page: Page;
  const asked: string[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    graph = await startGraph();
    browser = await openBrowser();
    page = await browser.newPage();
    page.on('request', (request) => void asked.push(request.url()));
    page.on('pageerror', (error) => void complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !/ERR_FAILED|503|401/.test(message.text())) complaints.push(message.text());
    });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await graph?.stop();
    await cleanUp();
  });

  const open = () => page.goto(new URL('/', graph.url).href);
  const summary = () => page.getByRole('status').innerText();
  const state = (name: string) => page.getByRole('listitem').filter({ hasText: name }).first().innerText();

  /** In both widths, light and dark; looked at from the beginning of the page to its end. */
  async function expectAccessible(name: string): Promise<void> {
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      for (const colorScheme of schemes) {
        await page.emulateMedia({ colorScheme });
        expect(await accessibilityProblems(page), `${name} ${width} ${colorScheme}`).toEqual([]);
        await page.screenshot(screenshot(`${name}-${width}-${colorScheme}`));
        const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
        expect(await page.evaluate(overflow), `${name} ${width}`).toBe(0);
      }
    }
  }

  it('shows how each system and its directory are doing', async () => {
    await open();
    await expect.poll(summary).toBe('All people are read, and every configured system responds.');
    const people = graph.company.lucca.employees.length;
    expect(await state('Lucca')).toMatch(
      new RegExp(`^Lucca\\s+Up\\s+.*\\s+Directory: ${people} people, read \\d+ s ago\\.$`),
    );
    expect(await page.locator('.endpoint').first().innerText()).toBe(
      graph.url.replace('localhost', new URL(page.url()).hostname),
    );
    await expectAccessible('up');
  });

  it('follows a system that goes down, and comes back', async () => {
    graph.sandbox.naver.inject({ times: 999, reply: { status: 503 } });
    await graph.query('{ grades { totalCount } positions { totalCount } }');
    await expect.poll(summary, { timeout: 20_000 }).toMatch(/^One system does not respond/);
    expect(await state('NAVER')).toContain('Down');
    await expectAccessible('down');
    graph.sandbox.naver.recover();
  });

  it('tells of a directory that is still being read', async () => {
    await page.route('**/readyz', async (route) => {
      const reading = { isComplete: false, ageSeconds: null, people: 4_300, expected: 20_000 };
      const upstreams = { LUCCA: { state: 'UP', directory: reading } };
      await route.fulfill({ status: 503, json: { status: 'starting', hasDirectory: false, upstreams } });
    });
    await open();
    await expect.poll(summary).toMatch(/^hr-graph is still reading the directory/);
    expect(await state('Lucca')).toContain('Reading: 4,300 of about 20,000 people so far.');
    await expectAccessible('reading');
  });

  it('says so when nothing answers any more', async () => {
    await page.unroute('**/readyz');
    await page.route('**/readyz', (route) => route.abort());
    await open();
    await expect.poll(summary).toBe('hr-graph does not respond. This page shows the last known state.');
    await expectAccessible('silent');
    await page.unroute('**/readyz');
  });

  it('tells which systems are not configured', async () => {
    await page.goto('about:blank');
    const none = { NAVER_BASE_URL: undefined, NAVER_COMPANY_ID: undefined };
    await graph.restartGraph({ ...none, NAVER_ACCESS_KEY: undefined, NAVER_SECRET_KEY: undefined });
    await open();
    expect(await state('NAVER')).toMatch(/Not configured\s+.*\s+Its fields answer null/);
    await expectAccessible('partial');
  });

  it('shows who does not sign in nothing, in a page that can be read', async () => {
    await page.goto('about:blank');
    const file = join(emptyFolder(), 'keys.json');
    writeFileSync(file, JSON.stringify([{ id: 'front-end', sha256: 'a'.repeat(64), scopes: ['grades.readonly'] }]));
    await graph.restartGraph({ AUTH_MODE: 'api-key', API_KEYS_FILE: file });
    expect((await open())?.status()).toBe(401);
    expect(await page.getByRole('main').innerText()).toMatch(/^hr-graph\s+Callers have to sign in/);
    await expectAccessible('closed');
  });

  it('has asked nobody but this server, and met no error', () => {
    const { hostname } = new URL(page.url());
    expect(asked.length).toBeGreaterThan(10);
    expect(asked.filter((it) => new URL(it).hostname !== hostname)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
