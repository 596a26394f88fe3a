import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { hasProgram } from '../../programs/programs.ts';
import { closedGate, type Shop, startShop } from './shop.ts';

/** A browser on a slow machine takes its time. */
vi.setConfig({ testTimeout: 90_000 });

describe.skipIf(!hasProgram('chromium'))('the page of the grades', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await startShop();
  }, 60_000);
  afterAll(() => shop?.stop());
  beforeEach(async () => {
    await shop.page.goto(`${shop.address}grades`);
    await shop.page.locator('.grade-row').first().waitFor();
  });

  const grade = (key: string) => shop.page.locator('.grade-row', { has: shop.page.getByText(key, { exact: true }) });
  const nameOf = (key: string) => grade(key).locator('h2').innerText();
  const names = () => shop.page.locator('.grade-row h2').allInnerTexts();
  const inNaver = (key: string) => shop.graph.sandbox.naver.data.grades.find((it) => it.externalKey === key);
  const focused = () =>
    shop.page.evaluate('document.activeElement.getAttribute("aria-label") ?? document.activeElement.id');
  const rename = async (from: string, to: string) => {
    await shop.page.getByRole('button', { name: `Rename ${from}`, exact: true }).click();
    await shop.page.getByLabel('New name').fill(to);
    await shop.page.keyboard.press('Enter');
  };
  const create = async (name: string, key: string) => {
    await shop.page.getByLabel('Name', { exact: true }).fill(name);
    await shop.page.getByLabel('Key').fill(key);
    await shop.page.getByRole('button', { name: 'Create' }).click();
  };
  /** Holds NAVER WORKPLACE back, so that there is a time before its answer. */
  const heldBack = () => {
    const gate = closedGate();
    shop.graph.sandbox.naver.inject(gate.fault);
    return () => {
      gate.open();
      shop.graph.sandbox.naver.recover();
    };
  };

  it('shows them in their order, with who has them', async () => {
    expect((await names()).slice(0, 4)).toEqual(['Probationer', 'Staff', 'Senior Staff', 'Assistant Manager']);
    await grade('G04')
      .getByRole('link', { name: /^\d+ people$/ })
      .click();
    await shop.page.locator('.person-row').first().waitFor();
    expect(new URL(shop.page.url()).search).toBe('?grade=G04');
  });

  it('renames one at once, before NAVER WORKPLACE has answered', async () => {
    const release = heldBack();
    await rename('Manager', 'Shift Lead');
    await expect.poll(() => nameOf('G04')).toBe('Shift Lead');
    expect(await grade('G04').innerText()).toContain('Saving…');
    expect(inNaver('G04')?.name).toBe('Manager');
    await expect.poll(focused).toBe('Rename Shift Lead');
    release();
    await expect.poll(() => shop.page.locator('#announcer').innerText()).toBe('Renamed to Shift Lead.');
    expect(await grade('G04').innerText()).not.toContain('Saving…');
    // What is shown is a translation, and the plain name was the same; other languages stay.
    expect(inNaver('G04')).toMatchObject({
      name: 'Shift Lead',
      i18nNames: { en_US: 'Shift Lead', ko_KR: '과장', ja_JP: '課長' },
    });
    await shop.page.getByRole('link', { name: 'People', exact: true }).click();
    await shop.page.locator('summary', { hasText: 'Grade' }).click();
    await shop.page.getByLabel('Shift Lead', { exact: true }).waitFor();
  });

  it('renames a translation alone where the plain name is another', async () => {
    await rename('General Manager', 'Head of Department');
    await expect.poll(() => shop.page.locator('#announcer').innerText()).toBe('Renamed to Head of Department.');
    expect(inNaver('G06')).toMatchObject({ name: '부장', i18nNames: { en_US: 'Head of Department' } });
  });

  it('takes a name back that another grade has, and says so where it was typed', async () => {
    const release = heldBack();
    await rename('Director', 'Executive');
    await expect.poll(() => nameOf('G08')).toBe('Executive');
    release();
    const field = grade('G08').getByLabel('New name');
    await field.waitFor();
    expect(await nameOf('G08')).toBe('Director');
    expect(await field.inputValue()).toBe('Executive');
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    const described = await field.getAttribute('aria-describedby');
    expect(await shop.page.locator(`[id="${described}"]`).innerText()).toBe('Another grade has this name.');
    expect(await field.evaluate((it) => it === document.activeElement)).toBe(true);
    await shop.page.keyboard.press('Escape');
    expect(await focused()).toBe('Rename Director');
    expect(inNaver('G08')?.name).toBe('Director');
  });

  it('overwrites nothing that somebody else has changed meanwhile, and shows what it is now', async () => {
    const other = inNaver('G02');
    if (other !== undefined) Object.assign(other, { name: 'Specialist', i18nNames: {} });
    await rename('Senior Staff', 'Junior Manager');
    await grade('G02').getByRole('alert').filter({ hasText: 'Somebody else has changed this grade' }).waitFor();
    await expect.poll(() => nameOf('G02')).toBe('Specialist');
    expect(inNaver('G02')?.name).toBe('Specialist');
  });

  it('creates one at once, in its place, and keeps it', async () => {
    const release = heldBack();
    await create('Fellow', 'FELLOW');
    await expect.poll(async () => (await names()).at(-1)).toBe('Fellow');
    expect(inNaver('FELLOW')).toBeUndefined();
    release();
    await shop.page.getByRole('button', { name: 'Rename Fellow' }).waitFor();
    expect(inNaver('FELLOW')?.name).toBe('Fellow');
    expect(await shop.page.getByLabel('Key').inputValue()).toBe('');
  });

  it('takes a new one out again whose key is taken, and says so at its field', async () => {
    const before = await names();
    const release = heldBack();
    await create('Another', 'G01');
    await expect.poll(names).toContain('Another');
    release();
    await shop.page.getByText('Another grade has this key.').waitFor();
    expect(await names()).toEqual(before);
    expect(await shop.page.getByLabel('Key').getAttribute('aria-invalid')).toBe('true');
    expect(await shop.page.getByLabel('Name', { exact: true }).inputValue()).toBe('Another');
    await create('Another', 'no key');
    await shop.page.getByText('Expected 1 to 36 letters').waitFor();
    expect(shop.complaints).toEqual([]);
  });
});
