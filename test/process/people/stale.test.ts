import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { hasProgram } from '../../programs/programs.ts';
import { down, type Shop, startShop } from './shop.ts';

/** A browser on a slow machine takes its time. */
vi.setConfig({ testTimeout: 90_000 });

const slow = { timeout: 30_000 };

describe.skipIf(!hasProgram('chromium'))('the example of a front end over data that cannot be read again', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await startShop({ env: { CACHE_FRESH_SECONDS: '5' } });
    // The page's own clock is ahead, as if the data had been read so long ago.
    await shop.page.clock.setFixedTime(Date.now() + 12 * 60_000);
    await shop.page.goto(shop.address);
    await shop.page.locator('.person-row').first().waitFor();
  }, 60_000);
  afterAll(() => shop?.stop());

  const staleAt = async (path: string) => {
    await shop.page.goto(shop.address + path);
    await shop.page.locator('.age li').first().waitFor();
    const notice = shop.page.locator('.stale');
    return (await notice.count()) === 0 ? '' : notice.innerText();
  };

  it('says how old it is, quietly', async () => {
    expect(await shop.page.locator('.stale').count()).toBe(0);
    expect(await shop.page.locator('.age').innerText()).toMatch(
      /Lucca 12 min[\s\S]*NAVER WORKPLACE 12 min, 1 unreadable/,
    );
  });

  it('says of how many it is not known whether they fit, because their record is contested', async () => {
    await shop.page.goto(`${shop.address}?search=zetterberg&grade=G01`);
    await shop.page
      .getByText('People whose record in NAVER WORKPLACE is contested are left out: they may meet them.')
      .waitFor();
    expect(await shop.page.locator('.age').innerText()).toMatch(/NAVER WORKPLACE 12 min, .*2 contested/);
  });

  it('says which system cannot be asked, and how old what is shown of it is', async () => {
    shop.graph.sandbox.naver.inject(down);
    const said = 'NAVER WORKPLACE cannot be asked at the moment. What is shown of it is 12 min old.';
    await expect.poll(() => staleAt(''), slow).toBe(said);
    expect(await shop.page.locator('.person-row .grade').first().textContent()).toBe('Grade: Principal Engineer');
    await expect.poll(() => staleAt('unmatched'), slow).toBe(said);
  });

  it('does not call it the whole truth that nobody fits', async () => {
    await staleAt('?search=nobody+is+called+so');
    await shop.page.getByText('That is what NAVER WORKPLACE said when last asked.').waitFor();
    expect(shop.complaints).toEqual([]);
  });
});
