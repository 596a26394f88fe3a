import { describe, expect, it } from 'vitest';
import type { CtrlHubEmulator } from '../../src/sandbox/ctrl-hub/ctrl-hub-emulator.ts';
import {
  amina,
  ask,
  bjorn,
  chiara,
  closeAfterEachTest,
  crane,
  firstAid,
  numbersOf,
  path,
  start,
} from './ctrl-hub-emulator-fixture.ts';

closeAfterEachTest();

const filtered = async (emulator: CtrlHubEmulator, filter: string): Promise<number[]> => {
  const { body } = await ask(emulator, `${path}?filter=${encodeURIComponent(filter)}`);
  return numbersOf(body);
};

describe('filters', () => {
  it.each([
    [`user('${bjorn}')`, [2, 3]],
    [`user('${amina}','${chiara.toUpperCase()}')`, [1, 4]],
    [`and(user('${bjorn}'),role('${crane}'))`, [2]],
    [`user('${bjorn}'),role('${firstAid}')`, [3]],
    [`or(role('${firstAid}'),and(user('${amina}'),type('main_layer')))`, [1, 3]],
    ["type('site\\'s own')", [2]],
    [`eq(user,${amina})`, [1]],
    [`in(user,[${amina},${bjorn}]),eq(type,main_layer)`, [1]],
    ['', [1, 2, 3, 4]],
  ])('understands %s', async (filter, expected) => {
    expect(await filtered(await start(), filter)).toEqual(expected);
  });

  it('understands brackets: a repeated key gives alternatives, two keys must both hold', async () => {
    const users = `filter[user]=${amina}&filter[user]=${bjorn}`;
    const { body } = await ask(await start(), `${path}?${users}&filter%5Brole%5D=${crane}`);
    expect(numbersOf(body)).toEqual([1, 2]);
  });

  it.each([
    'banana(1)',
    "organisation('x')",
    "user('not-a-uuid')",
    `user(${amina})`,
    'user()',
    'and()',
    "and('x')",
    `eq(user,'${amina}')`,
    `in(user,(${amina}))`,
    `ne(user,${amina})`,
    'eq(toString,1)',
    "type('a'",
    "type('a",
    "type('a\\')",
    "type('a'))",
    "type('a',)",
    "type('a') ",
    'type',
  ])('refuses %s', async (filter) => {
    const { status, body } = await ask(await start(), `${path}?filter=${encodeURIComponent(filter)}`);
    expect(status).toBe(400);
    expect(body.errors[0]).toMatchObject({ source: { parameter: 'filter' }, meta: { resource: filter } });
  });

  it('refuses the dialects that are switched off', async () => {
    const emulator = await start({ knobs: { dialects: ['named'] } });
    expect((await ask(emulator, `${path}?filter=eq(user,${amina})`)).status).toBe(400);
    expect((await ask(emulator, `${path}?filter[user]=${amina}`)).status).toBe(400);
    emulator.knobs.dialects = ['operator'];
    expect((await ask(emulator, `${path}?filter=user('${amina}')`)).status).toBe(400);
    expect(await filtered(emulator, `eq(user,${amina})`)).toEqual([1]);
  });

  it('answers everything when told to ignore filters', async () => {
    const emulator = await start({ knobs: { ignoreFilter: true } });
    expect(await filtered(emulator, 'banana((')).toEqual([1, 2, 3, 4]);
  });
});
