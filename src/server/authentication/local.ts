import type { Viewer } from '../../../resolvers/context.ts';
import { isLoopback, unbracketed } from '../../http/loopback.ts';
import { refusal } from '../refusal.ts';
import type { Authenticate } from './authenticate.ts';

export const anybody: Viewer = { id: 'anonymous', scopes: 'ALL' };

/**
 * Everybody on this machine. Not a web page from elsewhere whose name was made to point here (DNS rebinding): for the
 * browser that page and this server are one origin, but its requests carry the page's own name.
 */
export const authenticateLocally: Authenticate = (headers) => {
  const host = URL.parse(`http://${headers.get('host') ?? ''}`)?.hostname ?? '';
  if (isLoopback(unbracketed(host))) return anybody;
  throw refusal('Without AUTH_MODE only requests to localhost are answered.', { code: 'FORBIDDEN', status: 403 });
};
