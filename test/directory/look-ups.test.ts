import { describe, expect, it } from 'vitest';
import { directoryOf, type Row } from './company-sources.ts';

const anna = 'anna@hanbit.example';
const stores = 'stores@hanbit.example';
const idOf = (person: { id: string } | null): string | null => person?.id ?? null;
const idsOf = (people: readonly { id: string }[]): string[] => people.map(({ id }) => id);

describe('an identifier', () => {
  it('of any record of a person finds them', () => {
    const { byIdentifier } = directoryOf({
      PAYROLL: [{ key: '1', badge: '10', email: anna }],
      OFFICE: [{ key: '7', badge: '70', email: anna }],
      DOOR: [{ key: 'ABC', email: anna }],
    });
    const found = ['P:1', 'Pb:10', 'O:7', 'Ob:70', 'D:abc'].map((id) => idOf(byIdentifier(id)));
    expect(found).toEqual(['P:1', 'P:1', 'P:1', 'P:1', 'P:1']);
    expect(idOf(byIdentifier('D:ABC'))).toBe('P:1');
    for (const id of ['P:2', 'Q:1', 'P:', '1', ':1', '', 'P:1:']) expect(byIdentifier(id)).toBeNull();
  });

  it('stays a person’s when an earlier system comes to know them, and when it no longer does', () => {
    const OFFICE = [{ key: '7', email: anna }];
    expect(idOf(directoryOf({ PAYROLL: [], OFFICE }).byIdentifier('O:7'))).toBe('O:7');
    expect(idOf(directoryOf({ PAYROLL: [{ key: '1', email: anna }], OFFICE }).byIdentifier('O:7'))).toBe('P:1');
    const { byIdentifier } = directoryOf({ PAYROLL: [], OFFICE });
    expect([idOf(byIdentifier('O:7')), byIdentifier('P:1')]).toEqual(['O:7', null]);
  });

  it('is whose record it names, not whose second key it is', () => {
    const { byIdentifier } = directoryOf({ OFFICE: [{ key: '7', badge: '70' }, { badge: '70' }] });
    expect(idOf(byIdentifier('Ob:70'))).toBe('Ob:70');
  });

  it('that two people have as their second is nobody’s', () => {
    const { byIdentifier } = directoryOf({
      OFFICE: [
        { key: '7', badge: '70' },
        { key: '8', badge: '70' },
      ],
    });
    expect(byIdentifier('Ob:70')).toBeNull();
    expect(idOf(byIdentifier('O:8'))).toBe('O:8');
  });

  it('that two records of a system have as their first is nobody’s', () => {
    const { byIdentifier, people } = directoryOf({
      OFFICE: [
        { key: '7', badge: '70' },
        { key: '7', badge: '71' },
      ],
    });
    expect(byIdentifier('O:7')).toBeNull();
    expect(idsOf(people)).toEqual(['Ob:70', 'Ob:71']);
  });
  it('that two records have is not even whose it would be if the other were nobody', () => {
    const { byIdentifier, people } = directoryOf({ OFFICE: [{ key: '7', badge: '70' }, { key: '7' }] });
    expect(idsOf(people)).toEqual(['Ob:70']);
    expect(byIdentifier('O:7')).toBeNull();
  });
});

describe('a record', () => {
  it('finds whom it leads or is linked to, and nobody without key and link', () => {
    const leading: Row = { key: '1', email: anna };
    const linked: Row = { email: anna };
    const alone: Row = { email: 'bo@hanbit.example' };
    const { personOf } = directoryOf({ PAYROLL: [leading], OFFICE: [linked, alone] });
    expect(idOf(personOf('PAYROLL', leading))).toBe('P:1');
    expect(idOf(personOf('OFFICE', linked))).toBe('P:1');
    expect(personOf('OFFICE', alone)).toBeNull();
    expect(personOf('OFFICE', leading)).toBeNull();
    expect(personOf('OFFICE', { ...linked })).toBeNull();
  });
});

describe('an address', () => {
  it('finds leading records, linked ones and former ones, each in order of id', () => {
    const { addressed } = directoryOf({
      PAYROLL: [
        { key: '10', email: anna },
        { key: '2', email: anna },
        { key: '3', email: anna, left: true },
        { key: '4', email: 'bo@hanbit.example', number: 'E4' },
      ],
      OFFICE: [
        { key: '7', email: anna, number: 'E4' },
        { key: '8', email: anna },
      ],
      DOOR: [{ key: '9', email: 'bo@hanbit.example' }],
    });
    const { leading, linked, former } = addressed(' ANNA@hanbit.example');
    expect([idsOf(leading), idsOf(linked), idsOf(former)]).toEqual([['O:8', 'P:2', 'P:10'], ['P:4'], ['P:3']]);
    expect(idsOf(addressed('bo@hanbit.example').leading)).toEqual(['P:4']);
    expect(idsOf(addressed('bo@hanbit.example').linked)).toEqual(['P:4']);
  });

  it('finds a person once, though two of their linked records have it', () => {
    const { addressed } = directoryOf({
      PAYROLL: [{ key: '1', remoteId: 'r1', number: 'E1' }],
      OFFICE: [{ key: '7', email: anna, remoteId: 'r1' }],
      DOOR: [{ key: '9', email: anna, number: 'E1' }],
    });
    expect(idsOf(addressed(anna).linked)).toEqual(['P:1']);
  });

  it('that is none finds nobody', () => {
    const { addressed } = directoryOf({ PAYROLL: [{ key: '1', email: 'none' }] });
    expect(addressed('none')).toEqual({ leading: [], linked: [], former: [] });
    expect(addressed(anna)).toEqual({ leading: [], linked: [], former: [] });
  });
});

describe('conflicts', () => {
  const directory = directoryOf({
    PAYROLL: [
      { key: '1', email: stores, number: 'E1' },
      { key: '2', email: stores },
      { key: '3', email: anna },
    ],
    OFFICE: [{ key: '7', email: stores, number: 'E1' }],
    DOOR: [
      { key: '8', email: anna },
      { key: '9', email: anna },
    ],
  });
  const conflictsOf = (id: string) => {
    const person = directory.byIdentifier(id);
    return person === null ? null : directory.conflictsOf(person).map(({ source }) => source);
  };

  it('are those of who was left without a link, on either side', () => {
    expect(conflictsOf('P:2')).toEqual(['OFFICE']);
    expect(conflictsOf('P:3')).toEqual(['DOOR']);
    expect(conflictsOf('D:8')).toEqual(['DOOR']);
    expect(conflictsOf('D:9')).toEqual(['DOOR']);
  });

  it('are not those of who was linked all the same', () => {
    expect(conflictsOf('P:1')).toEqual([]);
    expect(idOf(directory.byIdentifier('O:7'))).toBe('P:1');
  });

  it('hold the whole group, whoever of it was linked', () => {
    expect(directory.conflicts.map(({ people, records }) => [idsOf(people), records.map(({ key }) => key)])).toEqual([
      [['P:1', 'P:2'], ['7']],
      [['P:3'], ['8', '9']],
    ]);
  });
});

describe('links', () => {
  it('are counted for each system but the first, and each rule in its order', () => {
    const { links, sources } = directoryOf(
      {
        PAYROLL: [{ key: '1', email: anna }],
        OFFICE: [{ key: '7', email: anna }],
        DOOR: [{ key: '9', email: 'bo@hanbit.example' }],
      },
      { rules: ['REMOTE_ID', 'EMAIL'] },
    );
    expect(sources).toEqual(['PAYROLL', 'OFFICE', 'DOOR']);
    expect(links).toEqual([
      { source: 'OFFICE', rule: 'REMOTE_ID', count: 0 },
      { source: 'OFFICE', rule: 'EMAIL', count: 1 },
      { source: 'DOOR', rule: 'REMOTE_ID', count: 0 },
      { source: 'DOOR', rule: 'EMAIL', count: 0 },
    ]);
  });
});
