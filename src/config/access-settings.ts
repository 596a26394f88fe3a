import type { Allowance } from '../http/allowance.ts';
import { isLoopback } from '../http/loopback.ts';
import type { Network, Proxies } from '../http/network.ts';
import { readApiKeysFile } from './api-keys-file.ts';
import type { Environment } from './environment.ts';
import { allowance, anyText, type Format, isOff, oneOf, onOff, quote } from './formats.ts';
import { type PersistedOperations, readPersistedOperations } from './persisted-operations.ts';
import { safeAddress, webOrigins } from './web-address.ts';

/** How callers are authenticated. */
export type AuthenticationSettings =
  /** `scopesClaim`: the claim that holds a token's scopes, if it is not one of the usual claims. */
  | {
      mode: 'jwt';
      jwksUrl: string;
      issuer: string;
      audience: string;
      scopesClaim: string | null;
      proxies?: Proxies;
    }
  | { mode: 'api-key'; file: string }
  /** All callers, or all callers on this machine. `isChosen`: AUTH_MODE=none is set. */
  | { mode: 'none'; isLocal: boolean; isChosen: boolean };

export type AccessSettings = {
  authentication: AuthenticationSettings;
  /** The rate limit of one caller; null for none. */
  callerAllowance: Allowance | null;
  /** Origins whose pages may call the server, in addition to its own pages. */
  corsOrigins: readonly string[];
  hasGraphiql: boolean;
  hasIntrospection: boolean;
  persistedOperations: PersistedOperations;
};

type Deployment = { mode: 'sandbox' | 'live'; host: string; network: Network };

const defaultCallerAllowance = { count: 600, seconds: 60 };

/** Returns null if the authentication settings have a problem, which is in the environment. */
export function readAccess(env: Environment, deployment: Deployment): AccessSettings | null {
  const authentication = readAuthentication(env, deployment);
  const isGuarded = authentication !== null && authentication.mode !== 'none';
  const persistedOperations = readPersistedOperations(env);
  const isOpen = !persistedOperations.isOnly && !(deployment.mode === 'live' && isGuarded);
  const settings = {
    callerAllowance: env.read('RATE_LIMIT_PER_CALLER', allowanceOrOff),
    corsOrigins: env.read('CORS_ORIGINS', webOrigins) ?? [],
    hasGraphiql: env.read('GRAPHIQL', onOff) ?? isOpen,
    hasIntrospection: env.read('INTROSPECTION', onOff) ?? isOpen,
    persistedOperations,
  };
  if (deployment.mode === 'live') env.read('NODE_TLS_REJECT_UNAUTHORIZED', verifiedCertificates);
  if (authentication === null) return null;
  const { callerAllowance = isGuarded ? defaultCallerAllowance : null } = settings;
  return { authentication, ...settings, callerAllowance };
}

/** The variables of each mode. A variable of another mode is reported, because it may mean that AUTH_MODE is missing. */
const ownVariables = {
  jwt: ['AUTH_JWKS_URL', 'AUTH_ISSUER', 'AUTH_AUDIENCE'],
  'api-key': ['API_KEYS_FILE'],
} as const;

function readAuthentication(
  env: Environment,
  { mode: deploymentMode, host, network }: Deployment,
): AuthenticationSettings | null {
  const chosen = env.read('AUTH_MODE', oneOf(['jwt', 'api-key', 'none']));
  const whyNeeded = (mode: keyof typeof ownVariables) => (chosen === mode ? `AUTH_MODE=${mode} needs it` : null);
  const jwksUrl = env.read('AUTH_JWKS_URL', safeAddress, whyNeeded('jwt'));
  const issuer = env.read('AUTH_ISSUER', anyText, whyNeeded('jwt'));
  const audience = env.read('AUTH_AUDIENCE', anyText, whyNeeded('jwt'));
  const scopesClaim = env.read('AUTH_SCOPES_CLAIM', anyText) ?? null;
  const file = env.read('API_KEYS_FILE', apiKeysFile, whyNeeded('api-key'));
  if (chosen === 'jwt') {
    if (jwksUrl === undefined || issuer === undefined || audience === undefined) return null;
    return { mode: 'jwt', jwksUrl, issuer, audience, scopesClaim, proxies: network.proxies };
  }
  if (chosen === 'api-key') return file === undefined ? null : { mode: 'api-key', file };

  const unused = [...Object.values(ownVariables).flat(), 'AUTH_SCOPES_CLAIM'].find((name) => env.isSet(name));
  if (chosen === undefined && env.isSet('AUTH_MODE')) return null;
  if (chosen === undefined && unused !== undefined) {
    env.report('AUTH_MODE', `expected jwt or api-key, got none (${unused} is set, and nothing would use it)`);
    return null;
  }
  if (deploymentMode === 'live' && !isLoopback(host)) {
    env.report(
      'AUTH_MODE',
      'expected jwt or api-key, got none (other machines can reach HOST, so callers must be known)',
    );
    return null;
  }
  return { mode: 'none', isLocal: deploymentMode === 'live', isChosen: chosen === 'none' };
}

const apiKeysFile: Format<string> = (path) => {
  try {
    readApiKeysFile(path);
    return { value: path };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : null;
    const reason = code ?? (error instanceof Error ? error.message : 'unreadable');
    return { expected: 'the path of a file of API keys', got: `${quote(path)} (${reason})` };
  }
};

const allowanceOrOff: Format<Allowance | null> = (text) => {
  if (isOff(text)) return { value: null };
  const parsed = allowance(text);
  return 'value' in parsed ? parsed : { expected: 'requests/seconds such as 600/60, or off' };
};

const verifiedCertificates: Format<true> = (text) =>
  text === '0'
    ? { expected: 'certificates to be verified (NODE_EXTRA_CA_CERTS names an authority of your own)', got: '"0"' }
    : { value: true };
