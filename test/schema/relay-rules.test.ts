import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';

const sdl = readFileSync(join(import.meta.dirname, '../../schema/schema.graphql'), 'utf8');

/** Of what is found by comparing people, and has no life of its own: nobody can ask for one again. */
const withoutIds = /^type (?:IdentityConflict|LinkSuggestion)Edge\b/;

/** The rules that the schema breaks, each with its messages. */
async function breachesIn(text: string): Promise<Record<string, string[]>> {
  const eslint = new ESLint({
    cwd: import.meta.dirname,
    overrideConfigFile: join(import.meta.dirname, 'eslint.config.mjs'),
    overrideConfig: [{ languageOptions: { parserOptions: { graphQLConfig: { schema: text } } } }],
  });
  const [result] = await eslint.lintText(text, { filePath: 'schema.graphql' });
  const breaches: Record<string, string[]> = {};
  const lines = text.split('\n');
  const isAllowed = ({ message, line }: { message: string; line: number }) =>
    message.includes('must implement `Node`') && withoutIds.test(lines[line - 1] ?? '');
  const messages = result?.messages.filter((it) => !isAllowed(it));
  for (const { ruleId, message } of messages ?? [{ ruleId: 'nothing was checked', message: '' }]) {
    const rule = (ruleId ?? 'error').replace('@graphql-eslint/', '');
    breaches[rule] = [...(breaches[rule] ?? []), message];
  }
  return breaches;
}

describe('the schema', () => {
  it('keeps the rules of Relay and of naming', async () => {
    expect(await breachesIn(sdl)).toEqual({});
  });

  it.each<[string, string, RegExp, string]>([
    [
      'relay-connection-types',
      'edges',
      /(type GradeConnection [\s\S]*?)edges: \[GradeEdge!\]!/,
      '$1rows: [GradeEdge!]!',
    ],
    ['relay-edge-types', 'node', /(type GradeEdge [\s\S]*?)node: Grade!/, '$1node: [Grade!]!'],
    ['relay-page-info', 'hasNextPage', / {2}hasNextPage: Boolean!/, '  hasNextPage: Boolean'],
    [
      'relay-arguments',
      'first',
      / {4}first: Int = 25\n {2}\): ProfessionConnection/,
      '    first: String\n  ): ProfessionConnection',
    ],
    ['naming-convention', 'job_title', /jobTitle: String/, 'job_title: String'],
    ['naming-convention', 'getGrade', / {2}grade\(externalKey/, '  getGrade(externalKey'],
    ['naming-convention', 'Upcoming', / {2}UPCOMING/, '  Upcoming'],
  ])('would break %s by another %s', async (rule, name, from, to) => {
    expect(sdl).toMatch(from);
    const breaches = await breachesIn(sdl.replace(from, to));
    expect(Object.keys(breaches)).toEqual([rule]);
    expect(breaches[rule]?.join()).toContain(name);
  });
});
