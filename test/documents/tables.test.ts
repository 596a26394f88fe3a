import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { scopes, writeScopes } from '../../src/domain/scopes.ts';
import { types } from '../security/rights-table.ts';
import { read, section } from './pages.ts';
import { blankSettings } from './settings.ts';

describe('the documents’ tables', () => {
  const quoted = (text: string) => [...text.matchAll(/`([^`\s]+)`/g)].map(([, it = '']) => it);
  const firstCells = (text: string) => [...text.matchAll(/^\| ([^|]+) \|/gm)].flatMap(([, cell = '']) => quoted(cell));

  it('name every variable of .env.example and no other', () => {
    expect(firstCells(section('docs/platform.md', 'Settings')).sort()).toEqual(Object.keys(blankSettings).sort());
  });

  it('name every error code', () => {
    const codes = [...read('src/errors.ts').matchAll(/^ {2}\| '([A-Z_]+)'/gm)].map(([, code]) => code);
    expect(codes.length).toBeGreaterThan(10);
    expect(firstCells(section('docs/front-end.md', 'Error codes')).sort()).toEqual(codes.sort());
  });

  it('name every scope, and what it opens', () => {
    const rows = [...section('docs/platform.md', 'Callers and scopes').matchAll(/^\| `([\w.-]+)` \| (.+) \|$/gm)];
    const opened = Object.fromEntries(rows.map(([, scope = '', opens = '']) => [scope, quoted(opens)]));
    expect(Object.keys(opened).sort()).toEqual([...scopes].sort());
    const forGateways = /^(nodes?|_.*|.*ById|.*By(Email|Key))$/;
    const queries = Object.entries(types.Query?.fields ?? {}).filter(([name]) => !forGateways.test(name));
    for (const [name, takes] of queries) {
      const openers = Object.keys(opened).filter((scope) => opened[scope]?.includes(name));
      expect(openers, name).toEqual(takes);
    }
    const mutations = Object.keys(buildSchema(read('schema/schema.graphql')).getMutationType()?.getFields() ?? {});
    expect(writeScopes.flatMap((scope) => opened[scope] ?? []).sort()).toEqual(mutations.sort());
  });

  it('give a reason for every dependency', () => {
    const names = z.record(z.string(), z.string());
    const manifest = z
      .object({ dependencies: names, devDependencies: names, optionalDependencies: names })
      .parse(JSON.parse(read('package.json')));
    const reasons = firstCells(read('docs/dependencies.md'));
    const isMeant = (name: string) =>
      reasons.some((it) => it === name || (it.endsWith('*') && name.startsWith(it.slice(0, -1))));
    const all = Object.values(manifest).flatMap((it) => Object.keys(it));
    expect(all.filter((it) => !isMeant(it))).toEqual([]);
    expect(reasons.filter((it) => !it.endsWith('*') && !all.includes(it))).toEqual([]);
  });
});
