import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { afterAll, describe, expect, it } from 'vitest';
import { undeclaredBreaks } from '../../release/breaking-changes.ts';
import { majorChangesetsIn } from '../../release/changesets.ts';
import { undatedDeprecations } from '../../release/deprecations.ts';
import { cleanUp, emptyFolder } from '../process/child.ts';

const sdl = readFileSync(join(import.meta.dirname, '../../schema/schema.graphql'), 'utf8');
const schema = buildSchema(sdl);
afterAll(cleanUp);

function changed(from: string | RegExp, to: string, text = sdl): string {
  const result = text.replace(from, to);
  expect(result).not.toBe(text);
  return result;
}

const breaksOf = async (text: string, declared = '') =>
  (await undeclaredBreaks(schema, buildSchema(text), declared)).join('\n');

const withoutJobTitle = () => changed(/ {2}"""\n {2}Lucca: the free text[^"]*"""\n {2}jobTitle: String\n/, '');

describe('a change of the schema', () => {
  it('may add something', async () => {
    const withType = changed('type Employee implements', 'type Shift {\n  id: ID!\n}\n\ntype Employee implements');
    expect(await breaksOf(changed('  jobTitle: String', '  jobTitle: String\n  shift: Shift', withType))).toBe('');
  });

  it.each<[string, () => string, string]>([
    ['take a field away', withoutJobTitle, "Field 'jobTitle' was removed from object type 'Employee'"],
    [
      'let a field be null',
      () => changed('displayName(locale: Locale): String!', 'displayName(locale: Locale): String'),
      "from 'String!' to 'String'",
    ],
    ['demand an argument', () => changed('grade(externalKey: String!)', 'grade(externalKey: ID!)'), "'ID!'"],
    ['take an enum value away', () => changed(/ {2}"""Employed in the future.*"""\n {2}UPCOMING\n/, ''), "'UPCOMING'"],
  ])('may not %s, and is told how to', async (_, plant, message) => {
    const told = await breaksOf(plant());
    expect(told).toContain(message);
    expect(told).toContain('---\n"hr-graph": major\n---');
  });

  it('may break what a changeset names, and that only', async () => {
    const both = changed(/ {2}"""Employed in the future.*"""\n {2}UPCOMING\n/, '', withoutJobTitle());
    const declared = 'Ask for `JobQualification.title` in place of `Employee.jobTitle`.';
    expect(await breaksOf(withoutJobTitle(), declared)).toBe('');
    const told = await breaksOf(both, declared);
    expect(told).toContain('UPCOMING');
    expect(told).not.toContain('jobTitle');
  });
});

describe('a changeset', () => {
  const folderOf = (bump: string) => {
    const folder = join(emptyFolder(), '.changeset');
    mkdirSync(folder);
    writeFileSync(
      join(folder, 'brave-apples-sing.md'),
      `---\n"hr-graph": ${bump}\n---\n\nGone: \`Employee.jobTitle\`.\n`,
    );
    return folder;
  };

  it('declares what breaks when its bump is major', () => {
    expect(majorChangesetsIn(folderOf('major'))).toBe('Gone: `Employee.jobTitle`.');
    expect(majorChangesetsIn(folderOf('minor'))).toBe('');
    expect(majorChangesetsIn('/nowhere')).toBe('');
  });
});

describe('a deprecation', () => {
  it.each([
    ['a field', '  jobTitle: String', 'Employee.jobTitle'],
    ['an enum value', '  UPCOMING', 'EmployeeStatus.UPCOMING'],
    ['a member of an input', '  minRank: Int', 'EmployeeFilter.minRank'],
    ['an argument', '    activeOnly: Boolean = false', 'Query.grades(activeOnly:)'],
  ])('of %s carries a date', (_, line, place) => {
    const problemsWith = (reason: string) =>
      undatedDeprecations(buildSchema(changed(line, `${line} @deprecated(reason: "${reason}")`)));
    expect(problemsWith('Ask for something else; stays until 2027-06-30.')).toEqual([]);
    for (const reason of ['Ask for something else.', 'Until June 2027.', 'Until 2027-13-99.']) {
      expect(problemsWith(reason)).toEqual([expect.stringContaining(`${place} is deprecated without a date`)]);
    }
  });
});
