import { type BrowserContext, chromium } from 'playwright-core';
import { programPath } from '../programs/programs.ts';
import { emptyFolder } from './child.ts';

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
  return chromium.launchPersistentContext(emptyFolder(), { executablePath: programPath('chromium'), args });
}
