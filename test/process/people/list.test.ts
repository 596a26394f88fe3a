import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { hasProgram } from '../../programs/programs.ts';
import { type Shop, startShop } from './shop.ts';

/** A browser on a slow machine takes its time. */
vi.setConfig({ testTimeout: 90_000 });

describe.skipIf(!hasProgram('chromium'))('the list of people', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await startShop();
  }, 60_000);
  afterAll(() => shop?.stop());

  const rows = () => shop.page.locator('.person-row');
  const names = () => shop.page.locator('.person-row .who a').allInnerTexts();
  const menu = (name: string) => shop.page.locator('details', { has: shop.page.locator('summary', { hasText: name }) });
  const choose = async (condition: string, value: string) => {
    await menu(condition).locator('summary').click();
    await menu(condition).getByLabel(value, { exact: true }).check();
    await shop.page.keyboard.press('Escape');
  };
  beforeEach(async () => {
    await shop.page.goto(shop.address);
    await rows().nth(23).waitFor();
  });

  it('shows people with their grade, position and job roles, and how many there are', async () => {
    const total = shop.graph.company.lucca.employees.length;
    await shop.page.getByText(`24 of ${total} people`).first().waitFor();
    const [first] = await rows().allTextContents();
    expect(first).toMatch(/Daan 's-Gravesande.*Grade: Principal Engineer.*Position: Team Member/);
    expect(await shop.page.locator('.person-row .roles li').count()).toBeGreaterThan(3);
  });

  it('goes on as somebody scrolls, to the last of them, and shows everybody once', async () => {
    const total = shop.graph.company.lucca.employees.length;
    const scroll = async () => {
      await shop.page.evaluate('scrollTo(0, document.body.scrollHeight)');
      return rows().count();
    };
    await expect.poll(scroll, { timeout: 30_000 }).toBe(total);
    const links = await shop.page
      .locator('.person-row .who a')
      .evaluateAll((all) => all.map((it) => it.getAttribute('href')));
    expect(new Set(links).size).toBe(total);
    expect(await shop.page.getByRole('button', { name: 'Show more' }).count()).toBe(0);
  });

  it('narrows them by name while somebody types, and says how many are left', async () => {
    await shop.page.getByLabel('Search by name').pressSequentially('han mi');
    await expect.poll(names).toEqual(['Mina Han']);
    await expect.poll(() => shop.page.locator('#announcer').innerText()).toBe('1 person');
  });

  it('filters by grade, position and job role at once, which three systems hold', async () => {
    await choose('Grade', 'Manager');
    await choose('Position', 'Part Leader');
    await choose('Job role', 'Crane Operator');
    await expect.poll(names).toContain('Mina Han');
    const shown = await rows().allTextContents();
    expect(shown.filter((it) => !it.includes('Grade: Manager') || !it.includes('Position: Part Leader'))).toEqual([]);
    const chips = shop.page.getByRole('list', { name: 'Filters that are on' });
    expect(await chips.getByRole('button').allInnerTexts()).toEqual([
      'Grade: Manager ×',
      'Position: Part Leader ×',
      'Job role: Crane Operator ×',
      'Clear all',
    ]);
    await chips.getByRole('button', { name: 'Remove Grade: Manager' }).click();
    await expect.poll(() => chips.getByRole('button').count()).toBe(3);
    await chips.getByRole('button', { name: 'Clear all' }).click();
    await rows().nth(23).waitFor();
  });

  it('filters by profession, status, rank and days of hiring', async () => {
    await choose('Status', 'Former');
    await expect
      .poll(async () => new Set(await shop.page.locator('.person-row .badge').allInnerTexts()))
      .toEqual(new Set(['Former']));
    await shop.page.getByRole('button', { name: 'Clear all' }).click();
    await rows().nth(23).waitFor();
    await choose('Profession', 'Lifting Operations');
    await menu('More').locator('summary').click();
    await menu('More').getByLabel(/^Rank/).fill('3');
    await menu('More').getByLabel('Hired on or before').fill('2014-01-01');
    await shop.page.keyboard.press('Escape');
    await expect.poll(names).toContain('Mina Han');
    expect(await names()).not.toHaveLength(24);
  });

  it('sorts them by what another system holds', async () => {
    await shop.page.getByLabel('Sort by').selectOption('Grade, highest first');
    const grades = () => shop.page.locator('.person-row .grade').allTextContents();
    await expect.poll(async () => (await grades())[0]).toBe('Grade: Adviser');
    await shop.page.getByLabel('Sort by').selectOption('Grade, lowest first');
    await expect.poll(async () => (await grades())[0]).toBe('Grade: Staff');
  });

  it('says that nobody fits where all were asked, and leads back to everybody', async () => {
    await shop.page.getByLabel('Search by name').fill('nobody is called so');
    await shop.page.getByRole('heading', { name: 'Nobody fits' }).waitFor();
    await shop.page.getByRole('button', { name: 'Show everybody' }).click();
    await rows().nth(23).waitFor();
    expect(await shop.page.getByLabel('Search by name').inputValue()).toBe('');
  });

  it('asks its own server only, in persisted operations, and meets no error', () => {
    const { sent, address, complaints } = shop;
    expect(sent.filter((it) => !it.startsWith(address) && !it.startsWith('data:'))).toEqual([]);
    const operations = sent.filter((it) => it.includes('/graphql'));
    expect(operations.length).toBeGreaterThan(10);
    expect(operations.filter((it) => !it.includes('"sha256Hash"') || it.includes('"query"'))).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
