import type { Upstream } from '../../domain/upstream.ts';
import { type Check, ok } from '../finding.ts';
import { plural } from '../sample.ts';
import type { Connection } from './connection.ts';

/** Checks the connection to one address of an account. `prefix` distinguishes several addresses in titles and ids. */
export function connectionChecks<Account>(
  upstream: Upstream,
  connectionOf: (account: Account) => Connection,
  prefix: { id: string; title: string } = { id: '', title: '' },
): Check<Account>[] {
  const about = (id: string, title: string) => ({
    id: `${prefix.id}${id}`,
    title: prefix.title === '' ? title : `${prefix.title}: ${title}`,
    upstream,
  });
  return [
    {
      ...about('dns', 'DNS'),
      run: async (account) => {
        const { addresses, route } = connectionOf(account);
        const found = plural((await addresses()).length, 'address', 'addresses');
        return ok(route === null ? found : `${found} of the proxy of ${route.variable}`);
      },
    },
    {
      ...about('tcp', 'Connection'),
      run: async (account) => ok(`${Math.round(await connectionOf(account).reached())} ms`),
    },
    {
      ...about('proxy', 'Proxy'),
      run: async (account) => {
        const { tunnelled, route } = connectionOf(account);
        await tunnelled();
        return ok(route === null ? 'none' : `the proxy of ${route.variable} connects`);
      },
    },
    { ...about('tls', 'TLS'), run: (account) => connectionOf(account).secured() },
  ];
}
