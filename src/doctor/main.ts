import { type Config, readConfig } from '../config/config.ts';
import { ConfigError } from '../config/config-error.ts';
import { loadEnvFile } from '../config/env-file.ts';
import { examineAll, type Section, unusableConfiguration } from './doctor.ts';
import { reportOf } from './report.ts';
import { summaryOf, tableOf } from './table.ts';

/** `npm run doctor`: checks the configuration and each configured system. Exits with code 1 if there is trouble. */

await doctor(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`The doctor failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});

async function doctor(args: readonly string[]): Promise<void> {
  const isJson = args.includes('--json');
  const sections: Section[] = [];
  const { examined, end } = await begin();
  for await (const section of examined) {
    sections.push(section);
    if (!isJson) process.stdout.write(`${tableOf(section)}\n`);
  }
  await end();
  process.stdout.write(isJson ? `${JSON.stringify(reportOf(sections), null, 2)}\n` : `${summaryOf(sections)}\n`);
  const isTrouble = sections.some(({ results }) => results.some(({ level }) => level === 'trouble'));
  process.exitCode = isTrouble ? 1 : 0;
}

async function begin(): Promise<{ examined: AsyncIterable<Section> | Section[]; end(): Promise<void> }> {
  const ownConfig = readOwnConfig();
  if (ownConfig instanceof ConfigError)
    return { examined: [unusableConfiguration(ownConfig.problems)], end: async () => {} };
  if (ownConfig.mode === 'live') return { examined: examineAll(ownConfig, false), end: async () => {} };
  const sandbox = await (await import('../sandbox/sandbox.ts')).startSandbox();
  const { upstreams } = readConfig(sandbox.env);
  return { examined: examineAll({ ...ownConfig, upstreams }, true), end: () => sandbox.close() };
}

function readOwnConfig(): Config | ConfigError {
  try {
    loadEnvFile(process.env);
    return readConfig(process.env);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}
