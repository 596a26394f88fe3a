import { describe, expect, it } from 'vitest';
import { isGranted, readScopes, scopes, writeScopes } from '../../src/domain/scopes.ts';

describe('a scope', () => {
  it('grants itself and nothing beside it', () => {
    for (const granted of readScopes) {
      expect(scopes.filter((it) => isGranted([granted], it))).toEqual([granted]);
    }
  });

  it('to write includes the one to read, and no other', () => {
    for (const granted of writeScopes) {
      const expected = [granted.replace('readwrite', 'readonly'), granted];
      expect(scopes.filter((it) => isGranted([granted], it))).toEqual(expected);
    }
  });

  it.each([
    'employees',
    'EMPLOYEES.READONLY',
    'employees.readonly.all',
    ' employees.readonly',
    'employees.readonly grades.readonly',
    'employees.readwrite',
    'job-roles.readwrite',
    'employees.*',
    '*',
    'ALL',
    '',
  ])('of another name grants nothing: %j', (granted) => {
    expect(scopes.filter((it) => isGranted([granted], it))).toEqual([]);
  });

  it('is not needed where nobody is asked who calls', () => {
    expect(scopes.filter((it) => isGranted('ALL', it))).toEqual(scopes);
  });
});
