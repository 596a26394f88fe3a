import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { z } from 'zod';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const findings = z.object({
  violations: z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) })),
});

/** What keeps people from using the page, or the part of it, as far as a program can tell: each rule, and where. */
export async function accessibilityProblems(page: Page, part = 'html'): Promise<string[]> {
  // As a script of the page it would be against the page's policy.
  await page.evaluate(axe);
  const { violations } = findings.parse(await page.evaluate(`axe.run(${JSON.stringify(part)})`));
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
