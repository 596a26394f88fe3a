import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const project = join(import.meta.dirname, '../..');
const workflow = z
  .object({
    permissions: z.record(z.string(), z.string()),
    jobs: z.record(
      z.string(),
      z.object({
        permissions: z.undefined().optional(),
        'runs-on': z.string().regex(/^ubuntu-\d\d\.\d\d$/),
        'timeout-minutes': z.number(),
        strategy: z.object({ matrix: z.object({ node: z.array(z.number()) }) }),
        steps: z.array(z.object({ uses: z.string().optional(), run: z.string().optional() })),
      }),
    ),
  })
  .parse(parse(readFileSync(join(project, '.github/workflows/ci.yml'), 'utf8')));
const jobs = Object.values(workflow.jobs);
const steps = jobs.flatMap((job) => job.steps);

describe('the workflow for continuous integration', () => {
  it('runs what is run by hand, by the oldest Node and the newest', () => {
    const commands = steps.flatMap(({ run }) => run ?? []);
    expect(commands).toContain('.ci/run');
    for (const command of commands)
      expect(existsSync(join(project, command.split(' ').at(-1) ?? '')), command).toBe(true);
    expect(jobs.map(({ strategy }) => strategy.matrix.node)).toEqual([[20, 24]]);
  });

  it('may read the repository, and nothing else', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
  });

  it('takes actions by the commit that was reviewed', () => {
    const actions = steps.flatMap(({ uses }) => uses ?? []);
    expect(actions).not.toEqual([]);
    expect(actions.filter((it) => !/^actions\/[a-z-]+@[0-9a-f]{40}$/.test(it))).toEqual([]);
  });
});
