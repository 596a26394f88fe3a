import { describe, expect, it } from 'vitest';
import { countsIn, dialect, sourcesIn } from './words.ts';

/** How often the code still has a word for which the field has a term. Lower the number with each that goes. */
const most = 95;

describe('the words of the code', () => {
  it('are the terms of the field, and get no further from them', async () => {
    const counts = countsIn(await sourcesIn('{src,schema,resolvers}/**/*.{ts,js}'));
    const total = Object.values(counts).reduce((sum, it) => sum + it, 0);
    expect(total, `node test/architecture/words.ts counts them: ${JSON.stringify(counts)}`).toBeLessThanOrEqual(most);
  });

  it('are counted in prose over line ends, and in names', () => {
    const text = '/** What is at\n * hand. */\nconst forgetAll = rememberedUpstreams;';
    const counts = countsIn([{ name: 'some.ts', text }]);
    const found = dialect.filter((words) => counts[words] === 1);
    expect(found).toHaveLength(3);
  });
});
