import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { z } from 'zod';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const findings = z.object({
  violations: z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) })),
});

const widths = { 390: 844, 1280: 900 };
const themes = ['light', 'dark'] as const;

/** What axe-core finds on the page as it is: each rule with the first element that breaks it. */
async function findingsOn(page: Page): Promise<string[]> {
  if (!(await page.evaluate('"axe" in window'))) await page.addScriptTag({ path: axe });
  const { violations } = findings.parse(await page.evaluate('axe.run({ resultTypes: ["violations"] })'));
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
}

/**
 * What keeps people from using the page as it is now, in each width and theme, as far as a program can tell; and what is
 * wider than the screen. A picture of each is left in the folder for temporary files, for people to look at.
 */
export async function problemsInAllLooks(page: Page, state: string): Promise<string[]> {
  const problems: string[] = [];
  for (const [width, height] of Object.entries(widths)) {
    await page.setViewportSize({ width: Number(width), height });
    for (const colorScheme of themes) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const look = `${state}-${width}-${colorScheme}`;
      problems.push(...(await findingsOn(page)).map((it) => `${look} ${it}`));
      if (await page.evaluate('document.documentElement.scrollWidth > innerWidth'))
        problems.push(`${look} is too wide`);
      await page.screenshot({ path: join(tmpdir(), `hr-graph-people-${look}.png`) });
    }
  }
  return problems;
}
