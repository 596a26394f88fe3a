import { createHash, timingSafeEqual } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { Logger } from 'pino';
import type { AuthenticationSettings } from '../../config/access-settings.ts';
import { type ApiKey, readApiKeysFile } from '../../config/api-keys-file.ts';
import type { Authenticate } from './authenticate.ts';
import { bearerToken } from './bearer-token.ts';
import { unauthenticated } from './unauthenticated.ts';

/**
 * Authenticates callers by a key of the file. `npm run key:new` makes keys with 256 random bits, so a plain SHA-256 protects
 * them. A slow hash would only make the server easier to overload.
 */
export function createApiKeyAuthentication(
  { file }: Extract<AuthenticationSettings, { mode: 'api-key' }>,
  logger: Logger,
  checkEveryMs = 1_000,
): Authenticate {
  const current = watchKeys(file, logger, checkEveryMs);
  return async (headers) => {
    const credential = headers.get('x-api-key') ?? bearerToken(headers);
    if (credential === null) throw unauthenticated(null);
    const digest = createHash('sha256').update(credential).digest();
    // Compares all keys, each in constant time.
    const [match] = (await current()).filter((key) => timingSafeEqual(key.digest, digest));
    if (match === undefined) throw unauthenticated('The key is not known.');
    return { id: `key:${match.id}`, scopes: match.scopes };
  };
}

/** Checks the file on requests, at most once per interval. An invalid file changes nothing and is logged. */
function watchKeys(file: string, logger: Logger, checkEveryMs: number): () => Promise<readonly ApiKey[]> {
  let keys: readonly ApiKey[] = readApiKeysFile(file);
  let version: string | null = null;
  let checkedAt = Number.NEGATIVE_INFINITY;
  return async () => {
    if (performance.now() - checkedAt < checkEveryMs) return keys;
    checkedAt = performance.now();
    const fileVersion = await versionOf(file);
    if (fileVersion === version) return keys;
    version = fileVersion;
    try {
      keys = readApiKeysFile(file);
    } catch (error) {
      logger.error({ err: error }, 'the file of API keys cannot be used: the keys stay as they were');
    }
    return keys;
  };
}

const versionOf = (file: string): Promise<string> =>
  stat(file).then(
    ({ mtimeMs, size, ino }) => `${mtimeMs} ${size} ${ino}`,
    () => 'missing',
  );
