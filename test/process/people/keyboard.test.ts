import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { hasProgram } from '../../programs/programs.ts';
import { type Shop, startShop } from './shop.ts';

/** A browser on a slow machine takes its time. */
vi.setConfig({ testTimeout: 90_000 });

describe.skipIf(!hasProgram('chromium'))('the example of a front end by the keyboard', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await startShop();
  }, 60_000);
  afterAll(() => shop?.stop());
  beforeEach(async () => {
    await shop.page.goto(shop.address);
    await shop.page.locator('.person-row').nth(23).waitFor();
  });

  const press = (key: string) => shop.page.keyboard.press(key);
  const focused = () => shop.page.evaluate('document.activeElement.textContent.trim()');
  const isOpen = () => shop.page.locator('details[open]').count();

  it('begins with a link past what is on every page', async () => {
    await press('Tab');
    expect(await focused()).toBe('Skip to the content');
    await press('Enter');
    expect(await shop.page.evaluate('document.activeElement.id')).toBe('main');
    await press('Tab');
    expect(await shop.page.evaluate('document.activeElement.id')).toBe('search');
  });

  it('opens, uses and closes a menu of conditions, and stays where it was', async () => {
    await shop.page.locator('summary', { hasText: 'Grade' }).focus();
    await press('Enter');
    await shop.page.getByLabel('Probationer').waitFor();
    await press('Tab');
    await press('Tab');
    await press('Space');
    await shop.page.getByRole('button', { name: 'Remove Grade: Staff' }).waitFor();
    expect(await shop.page.getByLabel('Staff', { exact: true }).isChecked()).toBe(true);
    await press('Escape');
    expect(await isOpen()).toBe(0);
    await expect.poll(focused).toMatch(/^Grade/);
    await press('Enter');
    await press('Shift+Tab');
    expect(await isOpen()).toBe(0);
  });

  it('goes on in the list by a button, and then stands at the first person it has brought', async () => {
    await shop.page.getByRole('button', { name: 'Show more' }).focus();
    await press('Enter');
    const at = () =>
      shop.page.evaluate('[...document.querySelectorAll(".person-row a")].indexOf(document.activeElement)');
    // The list may have gone on by itself as well, when the button came into view.
    await expect.poll(at).toBeOneOf([24, 48]);
    await expect.poll(() => shop.page.locator('#announcer').innerText()).toMatch(/^\d+ of \d+ people$/);
  });

  it('hears which page it has come to', async () => {
    await shop.page.getByRole('link', { name: 'Grades' }).focus();
    await press('Enter');
    await expect.poll(focused).toBe('Grades');
    await expect.poll(() => shop.page.title()).toBe('Grades');
    expect(await shop.page.getByRole('link', { name: 'Grades' }).getAttribute('aria-current')).toBe('page');
    await shop.page.goBack();
    await expect.poll(() => shop.page.title()).toBe('People');
    expect(shop.complaints).toEqual([]);
  });
});
