import type { Viewer } from '../../../resolvers/context.ts';
import { isLoopback, unbracketed } from '../../http/loopback.ts';
import { refusal } from '../refusal.ts';
import type { Authenticate } from './authenticate.ts';

export const anybody: Viewer = { id: 'anonymous', scopes: 'ALL' };

/**
 * Accepts all callers on this machine, except web pages whose host name an attacker resolves to this machine (DNS
 * rebinding). The browser treats such a page and this server as one origin, but its requests have the page's host name.
 */
export const authenticateLocally: Authenticate = (headers) => {
  const host = URL.parse(`http://${headers.get('host') ?? ''}`)?.hostname ?? '';
  if (isLoopback(unbracketed(host))) return anybody;
  throw refusal('Without AUTH_MODE the server accepts only requests to localhost.', { code: 'FORBIDDEN', status: 403 });
};
