import { type Upstream, upstreamName } from '../domain/upstream.ts';
import { scopesRead } from '../upstreams/lucca/client.ts';
import type { UpstreamsConfig } from '../upstreams/upstreams.ts';
import type { Environment } from './environment.ts';
import { allowance, date, oneOf, pathSegment, printableAscii, scopes, wholeNumber } from './formats.ts';
import { webAddress } from './web-address.ts';

/** Any of these variables configures the upstream. Its other variables only tune it. */
const connections = {
  LUCCA: ['LUCCA_BASE_URL', 'LUCCA_TOKEN_URL', 'LUCCA_CLIENT_ID', 'LUCCA_CLIENT_SECRET'],
  CTRL_HUB: ['CTRL_HUB_BASE_URL', 'CTRL_HUB_SESSION_TOKEN', 'CTRL_HUB_ORGANISATION_ID'],
  NAVER: ['NAVER_BASE_URL', 'NAVER_COMPANY_ID', 'NAVER_ACCESS_KEY', 'NAVER_SECRET_KEY'],
} as const satisfies Record<Upstream, readonly string[]>;

/** Ctrl Hub documents a default of 100 and no maximum. NAVER documents neither. */
const pageSize = wholeNumber(1, 1000);
const defaultPageSize = 100;

/** Lucca's rate limit for a tenant (Lucca docs: rate limits). */
const luccaAllowance = { count: 50, seconds: 60 };

export const configuresAnUpstream = (env: Environment): boolean =>
  Object.values(connections)
    .flat()
    .some((name) => env.isSet(name));

/** An upstream is null if it is not configured, or incompletely; then the environment has the problems. */
export function readUpstreams(env: Environment): UpstreamsConfig {
  return { LUCCA: readLucca(env), CTRL_HUB: readCtrlHub(env), NAVER: readNaver(env) };
}

function readLucca(env: Environment): UpstreamsConfig['LUCCA'] {
  const whyNeeded = whyNeededBy('LUCCA', env);
  const baseUrl = env.read('LUCCA_BASE_URL', webAddress, whyNeeded);
  const tokenUrl = env.read('LUCCA_TOKEN_URL', webAddress) ?? 'https://accounts.world.luccasoftware.com/connect/token';
  const clientId = env.read('LUCCA_CLIENT_ID', printableAscii, whyNeeded);
  const clientSecret = env.read('LUCCA_CLIENT_SECRET', printableAscii, whyNeeded);
  const scopesSet = env.read('LUCCA_SCOPES', scopes);
  const tuning = {
    apiVersion: env.read('LUCCA_API_VERSION', date) ?? '2024-11-01',
    scopes: scopesSet ?? scopesRead.join(' '),
    mayLackScopes: scopesSet === undefined,
    allowance: env.read('LUCCA_RATE_LIMIT', allowance) ?? luccaAllowance,
  };
  if (baseUrl === undefined || clientId === undefined || clientSecret === undefined) return null;
  return { baseUrl, tokenUrl, clientId, clientSecret, ...tuning };
}

function readCtrlHub(env: Environment): UpstreamsConfig['CTRL_HUB'] {
  const whyNeeded = whyNeededBy('CTRL_HUB', env);
  const baseUrl = env.read('CTRL_HUB_BASE_URL', webAddress) ?? 'https://api.ctrl-hub.com';
  const sessionToken = env.read('CTRL_HUB_SESSION_TOKEN', printableAscii, whyNeeded);
  const organisationId = env.read('CTRL_HUB_ORGANISATION_ID', pathSegment, whyNeeded);
  const tuning = {
    pageSize: env.read('CTRL_HUB_PAGE_SIZE', pageSize) ?? defaultPageSize,
    filterDialect: env.read('CTRL_HUB_FILTER_DIALECT', oneOf(['named', 'operator'])) ?? 'named',
    allowance: env.read('CTRL_HUB_RATE_LIMIT', allowance) ?? null,
  };
  if (sessionToken === undefined || organisationId === undefined) return null;
  return { baseUrl, sessionToken, organisationId, ...tuning };
}

function readNaver(env: Environment): UpstreamsConfig['NAVER'] {
  const whyNeeded = whyNeededBy('NAVER', env);
  const baseUrl = env.read('NAVER_BASE_URL', webAddress) ?? 'https://workplace.apigw.ntruss.com';
  const companyId = env.read('NAVER_COMPANY_ID', pathSegment, whyNeeded);
  const accessKey = env.read('NAVER_ACCESS_KEY', printableAscii, whyNeeded);
  const secretKey = env.read('NAVER_SECRET_KEY', printableAscii, whyNeeded);
  const tuning = {
    pageSize: env.read('NAVER_PAGE_SIZE', pageSize) ?? defaultPageSize,
    sortOrderForm: env.read('NAVER_SORT_ORDER_FORM', oneOf(['number', 'string'])) ?? 'number',
    allowance: env.read('NAVER_RATE_LIMIT', allowance) ?? null,
  };
  if (companyId === undefined || accessKey === undefined || secretKey === undefined) return null;
  return { baseUrl, companyId, accessKey, secretKey, ...tuning };
}

function whyNeededBy(upstream: Upstream, env: Environment): string | null {
  const trigger = connections[upstream].find((name) => env.isSet(name));
  const vendor = upstreamName(upstream);
  return trigger === undefined ? null : `${vendor} needs it, and ${trigger} asks for ${vendor}`;
}
