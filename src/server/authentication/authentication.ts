import type { Logger } from 'pino';
import type { AuthenticationSettings } from '../../config/access-settings.ts';
import { createApiKeyAuthentication } from './api-keys.ts';
import type { Authenticate } from './authenticate.ts';
import { anybody, authenticateLocally } from './local.ts';

/** `secret` is the source of the key for the digests that identify callers. */
export function createAuthentication(settings: AuthenticationSettings, secret: string, logger: Logger): Authenticate {
  switch (settings.mode) {
    case 'jwt':
      return createLater(async () => (await import('./jwt.ts')).createJwtAuthentication(settings, secret, logger));
    case 'api-key':
      return createApiKeyAuthentication(settings, logger);
    case 'none':
      if (settings.isLocal && !settings.isChosen) {
        logger.warn('AUTH_MODE is not set: everybody on this machine may ask for everything');
      }
      return settings.isLocal ? authenticateLocally : () => anybody;
  }
}

/** Loads the code for tokens only in deployments whose callers use tokens. */
function createLater(create: () => Promise<Authenticate>): Authenticate {
  const created = create();
  return async (headers) => (await created)(headers);
}
