import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { folderVariable } from './folder.ts';
import type { Evidence } from './search.ts';

/** Keeps a log, or the errors of an answer, until the end of the run, when all is searched for what must not be in it. */
export function keepEvidence(source: string, text: string): void {
  if (text !== '') add({ source: `${source}, ${placeInTests()}`, text });
}

/** Of a GraphQL answer: its errors, what its data says of errors, and what explains it. */
export function keepErrors(answer: unknown): void {
  const { errors = [], data, extensions } = Object(answer);
  const told = [...errors, ...messagesIn(data)];
  if (told.length > 0) keepEvidence('errors of an answer', JSON.stringify(told));
  if (extensions?.explain !== undefined) keepEvidence('an explanation', JSON.stringify(extensions.explain));
}

/** A write tells its error as data, an upstream its last one. */
function messagesIn(data: unknown): unknown[] {
  if (typeof data !== 'object' || data === null) return [];
  return Object.entries(data).flatMap(([name, value]) =>
    ['message', 'lastError'].includes(name) ? [value] : messagesIn(value),
  );
}

/** What must be in no evidence of the run, wherever it comes from. */
export function keepSecrets(env: Record<string, string | undefined>): void {
  const secrets = Object.entries(env).flatMap(([name, value = '']) => (isSecret(name, value) ? [value] : []));
  if (secrets.length > 0) add({ secrets });
}

/** A test may give a word for a secret; a short one would be found in other words. */
const isSecret = (name: string, value: string): boolean =>
  /_(SECRET|TOKEN|KEY|HEADERS)$/.test(name) && value.length >= 8;

function placeInTests(): string {
  const { testPath, currentTestName } = expect.getState();
  return `${testPath?.replace(/^.*\/test\//, 'test/') ?? 'some test'}: ${currentTestName ?? 'before or after the tests'}`;
}

/** Each worker has a file of its own. */
function add(line: Evidence | { secrets: string[] }): void {
  const folder = process.env[folderVariable];
  if (folder !== undefined) appendFileSync(join(folder, `${process.pid}.jsonl`), `${JSON.stringify(line)}\n`);
}
