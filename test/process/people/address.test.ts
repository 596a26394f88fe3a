import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { hasProgram } from '../../programs/programs.ts';
import { type Shop, startShop } from './shop.ts';

/** A browser on a slow machine takes its time. */
vi.setConfig({ testTimeout: 90_000 });

describe.skipIf(!hasProgram('chromium'))('the address of the list of people', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await startShop();
    await shop.page.goto(shop.address);
  }, 60_000);
  afterAll(() => shop?.stop());

  const names = () => shop.page.locator('.person-row .who a').allInnerTexts();
  const query = () => Object.fromEntries(new URL(shop.page.url()).searchParams);
  const scrollY = async () => Number(await shop.page.evaluate('scrollY'));

  it('says what is chosen, so that going back and forth undoes and repeats it', async () => {
    await shop.page.locator('summary', { hasText: 'Grade' }).click();
    await shop.page.getByLabel('Manager', { exact: true }).check();
    await shop.page.keyboard.press('Escape');
    await shop.page.getByLabel('Sort by').selectOption('HIRED_ON_DESC');
    await shop.page.getByLabel('Search by name').pressSequentially('mi', { delay: 300 });
    await expect.poll(query).toEqual({ grade: 'G04', order: 'HIRED_ON_DESC', search: 'mi' });
    await expect.poll(names).toContain('Mina Han');
    const narrowed = await names();

    // What was typed in one go is undone at once.
    await shop.page.goBack();
    await expect.poll(query).toEqual({ grade: 'G04', order: 'HIRED_ON_DESC' });
    await expect.poll(() => shop.page.getByLabel('Search by name').inputValue()).toBe('');
    await shop.page.goBack();
    await expect.poll(query).toEqual({ grade: 'G04' });
    await expect.poll(() => shop.page.getByLabel('Sort by').inputValue()).toBe('FAMILY_NAME_ASC');
    await shop.page.goForward();
    await shop.page.goForward();
    await expect.poll(names).toEqual(narrowed);
    await expect.poll(() => shop.page.getByLabel('Search by name').inputValue()).toBe('mi');
  });

  it('brings the same list after a reload, and to whoever is given it', async () => {
    const before = await names();
    await shop.page.reload();
    await expect.poll(names).toEqual(before);
    const other = await shop.page.context().newPage();
    await other.goto(shop.page.url());
    await expect.poll(() => other.locator('.person-row .who a').allInnerTexts()).toEqual(before);
    await other.close();
  });

  it('passes over what is no condition', async () => {
    await shop.page.goto(`${shop.address}?search=han+mi&status=DEAD&order=UPWARDS&minRank=x&hiredFrom=soon&colour=red`);
    await expect.poll(names).toEqual(['Mina Han']);
  });

  it('comes back with its rows, its place and its focus, from somebody’s page and after a reload', async () => {
    const { page } = shop;
    await page.goto(shop.address);
    const scrollDown = async () => {
      await page.evaluate('scrollTo(0, document.body.scrollHeight)');
      return page.locator('.person-row').count();
    };
    await expect.poll(scrollDown).toBeGreaterThan(70);
    const person = page.locator('.person-row .who a').nth(60);
    const name = await person.innerText();
    await person.scrollIntoViewIfNeeded();
    await person.focus();
    const at = await scrollY();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
    await expect.poll(scrollY).toBe(0);
    await expect.poll(() => page.evaluate('document.activeElement.tagName')).toBe('H1');
    await expect.poll(() => page.title()).toBe(name);

    await page.goBack();
    await expect.poll(scrollY).toBe(at);
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe(name);
    expect(await page.title()).toBe('People');

    const rows = await page.locator('.person-row').count();
    await page.reload();
    await expect.poll(() => page.locator('.person-row').count()).toBeGreaterThanOrEqual(rows);
    await expect.poll(async () => Math.abs((await scrollY()) - at)).toBeLessThan(5);
  });

  it('says so where it leads nowhere', async () => {
    await shop.page.goto(`${shop.address}elsewhere`);
    await shop.page.getByRole('heading', { name: 'There is no such page' }).waitFor();
    await shop.page.goto(`${shop.address}people/RW1wbG95ZWU6TDo5OTk5OTk5`);
    await shop.page.getByRole('heading', { name: 'There is nobody here' }).waitFor();
    expect(shop.complaints).toEqual([]);
  });
});
