import { existsSync } from 'node:fs';
import { type BrowserContext, chromium } from 'playwright-core';
import { emptyFolder } from './child.ts';

/** Where Debian puts it; test/install-browser.sh installs it. */
const executablePath = '/usr/bin/chromium';
export const hasBrowser = existsSync(executablePath);

const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Chromium with an empty profile. */
export function openBrowser(): Promise<BrowserContext> {
  return chromium.launchPersistentContext(emptyFolder(), { executablePath, args });
}
