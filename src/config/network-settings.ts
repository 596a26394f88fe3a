import { defaultNetwork, type Network, noProxies } from '../http/network.ts';
import type { Environment } from './environment.ts';
import { anyText, type Format, wholeNumber } from './formats.ts';

/** A day: longer than any pause that a vendor asks for on purpose. */
const longestPauseSeconds = 86_400;

/** In sandbox mode all that is asked is on this machine, and whatever proxies a developer's shell has do not matter. */
export function readNetwork(env: Environment, mode: 'sandbox' | 'live'): Network {
  const maxRetryAfterSeconds =
    env.read('MAX_RETRY_AFTER_SECONDS', wholeNumber(1, longestPauseSeconds)) ?? defaultNetwork.maxRetryAfterSeconds;
  const address = mode === 'live' ? proxyAddress : anyText;
  const proxies = {
    httpProxy: readInEitherCase(env, 'HTTP_PROXY', address) ?? '',
    httpsProxy: readInEitherCase(env, 'HTTPS_PROXY', address) ?? '',
    noProxy: readInEitherCase(env, 'NO_PROXY', anyText) ?? '',
  };
  return { maxRetryAfterSeconds, proxies: mode === 'live' ? proxies : noProxies };
}

/** Lower case wins, as with curl. */
function readInEitherCase<T>(env: Environment, name: string, format: Format<T>): T | undefined {
  const upper = env.read(name, format);
  return env.read(name.toLowerCase(), format) ?? upper;
}

/** It may hold a password, and is never shown. Without a scheme it means http, as with curl. */
const proxyAddress: Format<string> = (text) => {
  const url = URL.parse(text.includes('://') ? text : `http://${text}`);
  const isProxy = url !== null && /^https?:$/.test(url.protocol) && url.hostname !== '';
  return isProxy
    ? { value: url.href }
    : { expected: 'an address such as http://proxy.example:3128', got: 'something else' };
};
