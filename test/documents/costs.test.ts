import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type CostCase, costCases } from '../helpers/cost-cases.ts';
import { startGraph } from '../helpers/graph.ts';
import { operation } from '../helpers/operation.ts';
import { read, root } from './pages.ts';

const page = read('docs/costs.md');

describe('the documented costs', () => {
  const rows = [...page.matchAll(/^\| `(q[\w-]+)`.*?\| (\d+) \| (\d+) \| (\d+) \|$/gm)].map(
    ([, name = '', ...requests]) => ({ name, requests: requests.map(Number) }),
  );

  it('have a row for each operation', () => {
    const files = readdirSync(join(root, 'test/helpers/queries')).map((it) => it.replace('.graphql', ''));
    expect(rows.map((it) => it.name)).toEqual(files.sort());
    expect(costCases.map((it) => it.name)).toEqual(files.sort());
  });

  async function costOf(cases: readonly CostCase[]): Promise<number[]> {
    const graph = await startGraph();
    try {
      for (const { name, variables } of cases) {
        const { data, errors } = await graph.query(operation(name), variables?.(graph.company));
        expect(Object.values(z.record(z.string(), z.unknown()).parse(data))).not.toContain(null);
        // Two of the sandbox's people share an address, which a list of everybody tells.
        expect(errors.filter((it) => it.extensions.code !== 'CONFLICT')).toEqual([]);
      }
      const { LUCCA, CTRL_HUB, NAVER } = graph.requests();
      return [LUCCA.length, CTRL_HUB.length, NAVER.length];
    } finally {
      await graph.stop();
    }
  }

  it.each(rows)('are what is asked of the upstreams: $name', async ({ name, requests }) => {
    expect(await costOf(costCases.filter((it) => it.name === name))).toEqual(requests);
  });

  it('are the same 13 for all operations together', async () => {
    const [, ...together] = /^\| all of these .*?\| (\d+) \| (\d+) \| (\d+) \|$/m.exec(page) ?? [];
    const cost = await costOf(costCases);
    expect(cost).toEqual(together.map(Number));
    const total = cost.reduce((sum, it) => sum + it);
    expect(read('README.md')).toMatch(
      new RegExp(`^\\| requests for 100 people with everything, cold \\| ${total} \\|`, 'm'),
    );
  });
});
