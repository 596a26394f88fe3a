import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { hasProgram } from '../../programs/programs.ts';
import { problemsInAllLooks } from './looks.ts';

import { down, holdBack, type Shop, startShop } from './shop.ts';

/** A browser on a slow machine takes its time. */
vi.setConfig({ testTimeout: 120_000 });

const withChromium = describe.skipIf(!hasProgram('chromium'));

withChromium('the example of a front end, in each width and theme,', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await startShop();
  }, 60_000);
  afterAll(() => shop?.stop());

  const at = async (path: string, shown: string) => {
    await shop.page.goto(shop.address + path);
    await shop.page.locator(shown).first().waitFor();
  };
  const press = (name: string) => shop.page.getByRole('button', { name, exact: true }).click();
  const field = (label: string) => shop.page.getByLabel(label, { exact: true });

  /** How each state is come to. */
  const states: Record<string, () => Promise<unknown>> = {
    people: () => at('', '.person-row'),
    nobody: () => at('?search=zzz', '.nothing-here'),
    conditions: async () => {
      await at('?grade=G04&search=m&minRank=2', '.person-row');
      await shop.page.setViewportSize({ width: 390, height: 844 });
      await press('Filters (2)');
      await shop.page.locator('summary', { hasText: 'Position' }).click();
    },
    person: async () => {
      await at('?search=han+mi', '.person-row');
      await shop.page.getByRole('link', { name: 'Mina Han' }).click();
      await shop.page.locator('.identities').waitFor();
      await shop.page.getByLabel('Another job role').selectOption('One that nobody holds yet…');
    },
    contested: async () => {
      await at('?search=zetterberg', '.person-row');
      await shop.page.getByRole('link', { name: 'Elsa Zetterberg' }).click();
      await shop.page.locator('.contested').waitFor();
    },
    grades: () => at('grades', '.grade-row'),
    refused: async () => {
      await at('grades', '.grade-row');
      await press('Rename Manager');
      await field('New name').fill('Director');
      await press('Save');
      await shop.page.getByText('Another grade has this name.').waitFor();
      await field('Name').fill('Fellow');
      await field('Key').fill('G01');
      await press('Create');
      await shop.page.getByText('Another grade has this key.').waitFor();
    },
    unmatched: () => at('unmatched?missingFrom=NAVER', '.unmatched-row'),
  };

  it.each(Object.keys(states))('can be used by everybody, as far as a program can tell: %s', async (state) => {
    await shop.page.setViewportSize({ width: 1280, height: 900 });
    await states[state]?.();
    expect(await problemsInAllLooks(shop.page, state)).toEqual([]);
  });
});

withChromium('the example of a front end, in each width and theme and in trouble,', () => {
  let shop: Shop;
  let release = async () => {};
  beforeAll(async () => {
    shop = await startShop({
      waitsForDirectory: false,
      prepare: ({ naver }) => naver.inject(down),
      env: { CACHE_FRESH_SECONDS: '5' },
    });
    release = await holdBack(shop.page);
  }, 60_000);
  afterAll(() => shop?.stop());

  const states: [state: string, path: string, shown: string, before?: () => unknown][] = [
    ['loading', '', '.skeleton'],
    ['partial', '', '.gaps', () => release()],
    ['partial-person', '?search=han+mi', '.person-row a'],
    ['failure', '?grade=G04', '.failure'],
    ['stale', 'unmatched', '.stale'],
  ];

  it.each(states)('can be used by everybody, as far as a program can tell: %s', async (state, path, shown, before) => {
    await before?.();
    if (state === 'stale') {
      const { naver } = shop.graph.sandbox;
      naver.recover();
      const isWhole = async () => (await shop.graph.query('{ unlinkedPeople { totalCount } }')).errors.length === 0;
      await expect.poll(isWhole, { timeout: 30_000 }).toBe(true);
      naver.inject(down);
    }
    const isShown = async () => {
      await shop.page.goto(shop.address + path);
      return shop.page
        .locator(shown)
        .first()
        .waitFor({ timeout: 3_000 })
        .then(
          () => true,
          () => false,
        );
    };
    await expect.poll(isShown, { timeout: 60_000 }).toBe(true);
    if (state === 'partial-person') {
      await shop.page.locator(shown).first().click();
      await shop.page.locator('.identities .unknown').first().waitFor();
    }
    expect(await problemsInAllLooks(shop.page, state)).toEqual([]);
  });
});
