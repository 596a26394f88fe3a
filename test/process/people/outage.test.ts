import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { hasProgram } from '../../programs/programs.ts';
import { down, holdBack, type Shop, startShop, tryAgainUntil } from './shop.ts';

/** A browser on a slow machine takes its time. */
vi.setConfig({ testTimeout: 90_000 });

const withChromium = describe.skipIf(!hasProgram('chromium'));
const slow = { timeout: 30_000 };

withChromium('the example of a front end without NAVER WORKPLACE', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await startShop({ waitsForDirectory: false, prepare: ({ naver }) => naver.inject(down) });
  }, 60_000);
  afterAll(() => shop?.stop());

  const alert = () => shop.page.getByRole('alert').innerText();
  const text = () => shop.page.locator('main').innerText();

  it('shows people, and says of each grade and position that it is unknown', async () => {
    await shop.page.goto(shop.address);
    await shop.page.locator('.person-row').nth(23).waitFor();
    await expect.poll(alert).toBe('NAVER WORKPLACE does not answer. Unknown for now: grades and positions.');
    const grades = new Set(await shop.page.locator('.person-row .grade').allTextContents());
    expect([...grades]).toEqual(['Grade: Unknown: NAVER WORKPLACE does not answer.']);
    expect(await text()).not.toContain('NAVER WORKPLACE 0 s');
  });

  it.each(['?grade=G04', '?position=J02&search=zzz', '?order=GRADE_DESC'])(
    'never says that nobody fits what it cannot know: %s',
    async (query) => {
      await shop.page.goto(shop.address + query);
      await shop.page.getByRole('heading', { name: 'The people cannot be shown' }).waitFor();
      expect(await alert()).toContain('NAVER WORKPLACE does not answer.');
      expect(await text()).not.toContain('Nobody');
      expect(await text()).not.toContain('0 people');
    },
  );

  it('offers no grades to choose, says why, and names a chosen one by its key', async () => {
    await shop.page.goto(`${shop.address}?grade=G04`);
    await shop.page.getByRole('button', { name: 'Remove Grade: G04' }).waitFor();
    const menu = shop.page.locator('details', { hasText: 'Grade' }).first();
    await menu.locator('summary').click();
    await menu.getByText('NAVER WORKPLACE does not answer.').waitFor();
  });

  it('shows what the other systems know of a person, and not that this one knows nothing', async () => {
    await shop.page.goto(`${shop.address}?search=mina+han`);
    await shop.page.getByRole('link', { name: 'Mina Han' }).click();
    const identity = (name: string) => shop.page.locator('.identities li', { hasText: name }).first().innerText();
    await expect.poll(() => identity('Ctrl Hub')).toContain('EMAIL');
    expect(await identity('NAVER WORKPLACE')).toContain('Unknown. NAVER WORKPLACE does not answer.');
    expect(await shop.page.locator('.held strong').allInnerTexts()).toContain('Crane Operator');
  });

  it.each([
    ['unmatched', 'The unmatched people cannot be shown'],
    ['grades', 'The grades cannot be shown'],
  ])('says that it cannot show %s', async (path, title) => {
    await shop.page.goto(shop.address + path);
    await shop.page.getByRole('heading', { name: title }).waitFor();
    expect(await alert()).toContain('NAVER WORKPLACE does not answer.');
  });

  it('is whole again when the system is back, by itself or by the button', async () => {
    await shop.page.goto(`${shop.address}?grade=G04`);
    await shop.page.getByRole('heading', { name: 'The people cannot be shown' }).waitFor();
    shop.graph.sandbox.naver.recover();
    await tryAgainUntil(shop.page, '.person-row');
    expect(shop.complaints).toEqual([]);
  });
});

withChromium('the example of a front end without another system', () => {
  let shop: Shop;
  afterAll(() => shop?.stop());

  it('shows nobody without Lucca, and says why; then everybody, and not that Ctrl Hub’s part is empty', async () => {
    const prepare: NonNullable<Parameters<typeof startShop>[0]>['prepare'] = ({ lucca, ctrlHub }) => {
      lucca.inject(down);
      ctrlHub.inject(down);
    };
    shop = await startShop({ waitsForDirectory: false, prepare });
    await shop.page.goto(shop.address);
    await shop.page.getByRole('heading', { name: 'The people cannot be shown' }).waitFor(slow);
    expect(await shop.page.getByRole('alert').innerText()).toContain('Lucca does not answer.');
    shop.graph.sandbox.lucca.recover();
    await tryAgainUntil(shop.page, '.person-row');
    const roles = () => shop.page.locator('.person-row .roles').first().textContent();
    await expect.poll(roles).toBe('Job roles: Unknown: Ctrl Hub does not answer.');
  });
});

withChromium('the example of a front end that waits', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await startShop();
  }, 60_000);
  afterAll(() => shop?.stop());

  it.each([
    ['grades', 'The grades are being read.', '.grade-row'],
    ['people/RW1wbG95ZWU6TDoyMDAwMQ', 'The person is being read.', '.identities'],
    ['', 'The people are being read.', '.person-row'],
    ['unmatched', 'The people are being read.', '.unmatched-row'],
  ])('says what is on its way, and nothing else, until it is there: /%s', async (path, said, row) => {
    const release = await holdBack(shop.page);
    await shop.page.goto(shop.address + path);
    await shop.page.getByText(said).waitFor({ state: 'attached' });
    expect(await shop.page.locator(row).count()).toBe(0);
    expect(await shop.page.locator('main').innerText()).not.toMatch(/Nobody|nobody|0 people|no record/);
    await release();
    await shop.page.locator(row).first().waitFor();
  });

  it('says so when the network is gone, and is whole again when it is back', async () => {
    await shop.page.context().setOffline(true);
    await shop.page.getByRole('link', { name: 'People', exact: true }).click();
    await shop.page.getByRole('alert').filter({ hasText: 'hr-graph does not answer. Is it running?' }).waitFor(slow);
    await shop.page.context().setOffline(false);
    await shop.page.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => shop.page.locator('.person-row').count(), slow).toBe(24);
  });

  it('keeps what it has when the next page does not come', async () => {
    await shop.page.context().setOffline(true);
    await shop.page.evaluate('scrollTo(0, document.body.scrollHeight)');
    await shop.page.getByText('The next ones could not be read.').waitFor(slow);
    expect(await shop.page.locator('.person-row').count()).toBe(24);
    await shop.page.context().setOffline(false);
    await shop.page.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => shop.page.locator('.person-row').count(), slow).toBeGreaterThan(24);
  });

  it('says so when hr-graph has gone away behind the page’s own server', async () => {
    // The new one listens elsewhere.
    await shop.graph.restartGraph();
    await shop.page.goto(shop.address);
    await shop.page.getByRole('alert').filter({ hasText: 'hr-graph does not answer. Is it running?' }).waitFor(slow);
    expect(shop.complaints).toEqual([]);
  });
});
