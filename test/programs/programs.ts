import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What some tests drive, and what is not tested without it. test/install-tools.sh installs them. */
const untestedWithout = {
  chromium: 'GraphiQL and the pages, in a browser',
  nginx: 'restarts behind a proxy',
  'redis-server': 'a fleet over Redis',
  openssl: 'a Redis with TLS',
  promtool: 'metrics and alerts, as Prometheus reads them',
} as const;

export type Program = keyof typeof untestedWithout;

/** Where Debian puts servers, which is not on everybody's path. */
const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/bin'];

function pathOf(program: string): string | null {
  for (const folder of folders) {
    const path = join(folder, program);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {}
  }
  return null;
}

/** For `describe.skipIf(!hasProgram('nginx'))`. */
export const hasProgram = (program: Program): boolean => pathOf(program) !== null;

/** The path of its executable. Throws where it is missing. */
export function programPath(program: Program): string {
  const path = pathOf(program);
  if (path === null) throw new Error(`${program} is missing: test/install-tools.sh installs it.`);
  return path;
}

/** One line for each program that is missing: what does not run without it. */
export const missingPrograms = (): string[] =>
  Object.entries(untestedWithout)
    .filter(([program]) => pathOf(program) === null)
    .map(
      ([program, what]) => `${program} is missing, so this is not tested: ${what}. test/install-tools.sh installs it.`,
    );
