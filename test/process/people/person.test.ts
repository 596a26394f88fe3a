import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { hasProgram } from '../../programs/programs.ts';
import { closedGate, type Shop, startShop } from './shop.ts';

/** A browser on a slow machine takes its time. */
vi.setConfig({ testTimeout: 90_000 });

describe.skipIf(!hasProgram('chromium'))('the page of a person', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await startShop();
  }, 60_000);
  afterAll(() => shop?.stop());

  const open = async (name: string) => {
    await shop.page.goto(`${shop.address}?search=${encodeURIComponent(name)}`);
    await shop.page.getByRole('link', { name, exact: true }).first().click();
    await shop.page.locator('.identities').waitFor();
  };
  const facts = () =>
    shop.page.locator('.fact').evaluateAll((all) => all.map((it) => [...it.children].map((part) => part.textContent)));
  const inSystem = (name: string) => shop.page.locator('.identities li', { hasText: name }).innerText();
  const held = () => shop.page.locator('.held strong').allInnerTexts();
  const role = () => shop.page.getByLabel('Another job role');

  it('shows what each system holds of them, and which one it is', async () => {
    await open('Mina Han');
    expect(await facts()).toEqual([
      ['Grade', 'Manager', 'from NAVER WORKPLACE'],
      ['Position', 'Part Leader', 'from NAVER WORKPLACE'],
      ['Profession', 'Lifting Operations', 'from Lucca'],
      ['Qualification', 'Senior Crane Operator, rank 3', 'from Lucca'],
      ['Hired', expect.stringMatching(/\d{4}/), 'from NAVER WORKPLACE, else Lucca'],
      ['Employee number', expect.stringMatching(/^\d+$/), 'from Lucca'],
    ]);
    expect(await held()).toContain('Crane Operator');
  });

  it('says in which systems they are known, and why that is believed', async () => {
    await open('Mina Han');
    expect(await inSystem('Lucca')).toMatch(/20001[\s\S]*SOURCE[\s\S]*leads/);
    expect(await inSystem('NAVER WORKPLACE')).toMatch(/emp-00001[\s\S]*EMAIL[\s\S]*same e-mail address/);
    expect(await inSystem('Ctrl Hub')).toMatch(/05e50000-[\s\S]*EMAIL/);
  });

  it('says where a link is contested, by which records, and that a field is for that reason', async () => {
    await open('Elsa Zetterberg');
    expect(await inSystem('NAVER WORKPLACE')).toMatch(
      /Contested.*NAVER WORKPLACE emp-\d+ have the same e-mail address/,
    );
    expect(await inSystem('Ctrl Hub')).toContain('It has no record of this person.');
    expect((await facts())[0]?.[1]).toBe('Contested: The systems contradict each other.');
  });

  it('gives them a job role that they do not hold, and shows it once Ctrl Hub has it', async () => {
    await open('Mina Han');
    const before = await held();
    await expect.poll(() => role().locator('option').count()).toBeGreaterThan(5);
    const offered = await role().locator('option').allInnerTexts();
    expect(offered.filter((it) => before.includes(it))).toEqual([]);
    const chosen = offered[1] ?? '';
    await role().selectOption(chosen);
    const gate = closedGate(({ method }) => method === 'POST');
    shop.graph.sandbox.ctrlHub.inject(gate.fault);
    await shop.page.getByRole('button', { name: 'Assign' }).click();
    await shop.page.getByRole('button', { name: 'Assigning…' }).waitFor();
    // It cannot be taken back, so it is not shown before it is there.
    expect(await held()).toEqual(before);
    gate.open();
    await shop.page.getByText(`Assigned: ${chosen}.`).first().waitFor();
    await expect.poll(async () => (await held()).toSorted()).toEqual([...before, chosen].toSorted());
    shop.graph.sandbox.ctrlHub.recover();
    expect(await role().locator('option').allInnerTexts()).not.toContain(chosen);
  });

  it('gives them a role that nobody holds yet, by its id in Ctrl Hub', async () => {
    await open('Mina Han');
    const { jobRoles, assignments } = shop.graph.company.ctrlHub;
    const unheld = jobRoles.find(({ id }) => !assignments.some((it) => it.roleId === id));
    await role().selectOption('One that nobody holds yet…');
    await shop.page.getByLabel('Its id in Ctrl Hub').fill(unheld?.id ?? '');
    await shop.page.getByRole('button', { name: 'Assign' }).click();
    await shop.page.getByText(`Assigned: ${unheld?.name}.`).first().waitFor();
    await expect.poll(held).toContain(unheld?.name);
  });

  it('says in place why a role was not given', async () => {
    await open('Mina Han');
    await role().selectOption('One that nobody holds yet…');
    await shop.page.getByLabel('Its id in Ctrl Hub').fill('no id');
    await shop.page.getByRole('button', { name: 'Assign' }).click();
    const alert = shop.page.locator('.assign').getByRole('alert');
    await expect.poll(() => alert.innerText()).not.toBe('');
    expect(await shop.page.getByLabel('Its id in Ctrl Hub').inputValue()).toBe('no id');
    expect(shop.complaints).toEqual([]);
  });
});
