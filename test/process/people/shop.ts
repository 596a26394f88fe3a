import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { build, type PreviewServer, preview } from 'vite';
import { expect } from 'vitest';
import { type GraphOptions, startGraph, type TestGraph } from '../../helpers/graph.ts';
import { openBrowser } from '../browser.ts';
import { cleanUp, emptyFolder } from '../child.ts';

/** The example of a front end, built and served as it would be, over the whole server and the emulated upstreams. */
export type Shop = {
  readonly graph: TestGraph;
  readonly page: Page;
  /** With a slash at its end. */
  readonly address: string;
  /** What the page has asked for: the address and the body of each request. */
  readonly sent: string[];
  /** What the page has not caught. */
  readonly complaints: string[];
  stop(): Promise<void>;
};

const root = join(import.meta.dirname, '../../../examples/people');

export async function startShop(options: GraphOptions = {}): Promise<Shop> {
  const started: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const end of started.reverse()) await end();
    await cleanUp();
  };
  try {
    const graph = await startGraph(options);
    started.push(() => graph.stop());
    const server = await serve(new URL(graph.url).origin);
    started.push(() => server.close());
    const browser = await openBrowser();
    started.push(() => browser.close());
    return { ...(await openPage(browser)), graph, address: server.resolvedUrls?.local[0] ?? '', stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function serve(hrGraph: string): Promise<PreviewServer> {
  process.env.HR_GRAPH_ORIGIN = hrGraph;
  const inline = {
    root,
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'warn',
    build: { outDir: emptyFolder(), emptyOutDir: true },
  } as const;
  await build(inline);
  return preview({ ...inline, logLevel: 'silent', preview: { port: 0 } });
}

async function openPage(browser: BrowserContext): Promise<Pick<Shop, 'page' | 'sent' | 'complaints'>> {
  const sent: string[] = [];
  const complaints: string[] = [];
  const page = await browser.newPage();
  page.on('pageerror', (error) => void complaints.push(error.message));
  page.on('request', (request) => void sent.push(`${request.url()} ${request.postData() ?? ''}`));
  return { page, sent, complaints };
}

/** For after a recovery: tries again by the page's own button, where it has one, until `shown` is there. */
export async function tryAgainUntil(page: Page, shown: string): Promise<void> {
  const again = async () => {
    const button = page.getByRole('button', { name: 'Try again' }).first();
    if (await button.isVisible()) await button.click({ timeout: 1_000 }).catch(() => undefined);
    return page.locator(shown).count();
  };
  await expect.poll(again, { timeout: 60_000 }).toBeGreaterThan(0);
}

/** Holds what the page asks for back, on its way to the real server, until what this resolves with is called. */
export async function holdBack(page: Page): Promise<() => Promise<void>> {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/graphql', async (route) => {
    await released;
    await route.continue().catch(() => undefined);
  });
  return async () => {
    release();
    await page.unroute('**/graphql');
  };
}

/** Until recovered, every request fails. */
export const down = { times: 99_999, reply: { status: 503 } };

/** A fault that holds requests back until it is opened. */
export function closedGate(matches: (request: { method: string; path: string }) => boolean = () => true) {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { fault: { matches, times: 99_999, gate: () => opened }, open };
}
