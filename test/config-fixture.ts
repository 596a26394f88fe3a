import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { readConfig } from '../src/config/config.ts';
import { ConfigError } from '../src/config/config-error.ts';

export type Variables = Record<string, string | undefined>;

export const secret = { HR_GRAPH_SECRET: 'sixteen-letters!' };
export const lucca = {
  LUCCA_BASE_URL: 'https://quartz.ilucca.net/lucca-api',
  LUCCA_CLIENT_ID: 'quartz-client',
  LUCCA_CLIENT_SECRET: 'lucca-hush',
};
export const ctrlHub = {
  CTRL_HUB_SESSION_TOKEN: 'ctrl-hush',
  CTRL_HUB_ORGANISATION_ID: 'c0000000-0000-4000-8000-000000000001',
};
export const naver = {
  NAVER_COMPANY_ID: 'a0000000-0000-4000-8000-000000000002',
  NAVER_ACCESS_KEY: 'naver-access-hush',
  NAVER_SECRET_KEY: 'naver-secret-hush',
};
export const everything = { ...lucca, ...ctrlHub, ...naver, ...secret };

const folder = join(tmpdir(), `config-${process.pid}`);

/** The files end with the tests of the file that calls this. */
export function removeFiles(): void {
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
}

export function fileOf(name: string, text: string): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

export function problemsOf(variables: Variables): readonly string[] {
  try {
    readConfig(variables);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}
