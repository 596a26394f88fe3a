import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { decodeUtf8 } from '../domain/utf8.ts';
import { ConfigError } from './config-error.ts';

/**
 * Adds the settings of an `.env` file to `variables`; existing variables win. A missing file is not an error. Throws a
 * ConfigError if the file cannot be read or is not UTF-8.
 */
export function loadEnvFile(variables: NodeJS.ProcessEnv, path = '.env'): void {
  for (const [name, value] of Object.entries(parseEnv(textOf(path)))) variables[name] ??= value;
}

function textOf(path: string): string {
  try {
    return decodeUtf8(readFileSync(path));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : null;
    if (code === 'ENOENT') return '';
    const reason = code ?? (error instanceof Error ? error.message : 'unreadable');
    throw new ConfigError([`${path}: expected settings as lines of a file in UTF-8, got ${reason}`]);
  }
}
