import { defaultNetwork, type Network, noProxies } from '../http/network.ts';
import type { Environment } from './environment.ts';
import { anyText, type Format, wholeNumber } from './formats.ts';

/** One day. No vendor asks for a longer pause on purpose. */
const longestPauseSeconds = 86_400;

/** In sandbox mode all requests stay on this machine, so the proxies of a developer's shell are ignored. */
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

/** The lower-case name wins, as in curl. */
function readInEitherCase<T>(env: Environment, name: string, format: Format<T>): T | undefined {
  const upper = env.read(name, format);
  return env.read(name.toLowerCase(), format) ?? upper;
}

/** Never shown, because it may contain a password. Without a scheme it means http, as in curl. */
const proxyAddress: Format<string> = (text) => {
  const url = URL.parse(text.includes('://') ? text : `http://${text}`);
  const isProxy = url !== null && /^https?:$/.test(url.protocol) && url.hostname !== '';
  return isProxy
    ? { value: url.href }
    : { expected: 'an address such as http://proxy.example:3128', got: 'something else' };
};
