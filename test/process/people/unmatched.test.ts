import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { hasProgram } from '../../programs/programs.ts';
import { type Shop, startShop } from './shop.ts';

/** A browser on a slow machine takes its time. */
vi.setConfig({ testTimeout: 90_000 });

describe.skipIf(!hasProgram('chromium'))('the page of unmatched people', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await startShop();
    await shop.page.goto(`${shop.address}unmatched`);
  }, 60_000);
  afterAll(() => shop?.stop());

  const rows = () => shop.page.locator('.unmatched-row');
  const countFor = async (missingFrom: string | null) => {
    const { data } = await shop.graph.query(
      'query ($missingFrom: Upstream) { unlinkedPeople(missingFrom: $missingFrom) { totalCount } }',
      { missingFrom },
    );
    return (data as { unlinkedPeople: { totalCount: number } }).unlinkedPeople.totalCount;
  };

  it('shows whom some systems know and others do not, and which', async () => {
    await rows().nth(23).waitFor();
    await shop.page
      .getByText(`24 of ${await countFor(null)} people`)
      .first()
      .waitFor();
    const first = await rows().first().locator('.presence li').allTextContents();
    expect(first).toEqual(['Lucca known', 'NAVER WORKPLACE missing', 'Ctrl Hub known']);
  });

  it('narrows them to one system, in its address', async () => {
    await shop.page.getByRole('link', { name: 'Not in Ctrl Hub' }).click();
    await shop.page
      .getByText(`of ${await countFor('CTRL_HUB')} people`)
      .first()
      .waitFor();
    expect(new URL(shop.page.url()).search).toBe('?missingFrom=CTRL_HUB');
    await shop.page.reload();
    await rows().nth(23).waitFor();
    const known = await shop.page.locator('.presence .CTRL_HUB.known').count();
    expect(known).toBe(0);
  });

  it('tells contested records from missing ones', async () => {
    await shop.page.goto(`${shop.address}unmatched?missingFrom=NAVER`);
    const total = await countFor('NAVER');
    const scroll = async () => {
      await shop.page.evaluate('scrollTo(0, document.body.scrollHeight)');
      return rows().count();
    };
    await expect.poll(scroll, { timeout: 30_000 }).toBe(total);
    const elsa = rows().filter({ hasText: 'Elsa Zetterberg' });
    expect(await elsa.locator('.presence li').allTextContents()).toEqual([
      'Lucca known',
      'NAVER WORKPLACE contested',
      'Ctrl Hub missing',
    ]);
    await elsa.getByRole('link').click();
    await shop.page.getByRole('heading', { level: 1, name: 'Elsa Zetterberg' }).waitFor();
    expect(shop.complaints).toEqual([]);
  });
});
