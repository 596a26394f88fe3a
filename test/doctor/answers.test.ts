import type { EmulatorRequest, Reply } from '../../src/sandbox/emulator.ts';
import { always, type Case, describeCases, under } from './doctor-fixture.ts';

const page = (status: number): Reply => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: '<html><title>Sign in</title></html>',
});
const isApi = ({ path }: EmulatorRequest) => path !== '/connect/token';
const wrongAddresses: Case[] = [
  {
    name: 'a host is unknown',
    env: { LUCCA_BASE_URL: 'https://nowhere.invalid/lucca-api' },
    finds: { 'LUCCA dns': 'trouble' },
    says: /The host of LUCCA_BASE_URL is unknown \(E\w+\)/,
    advises: /Check LUCCA_BASE_URL.*HTTPS_PROXY/,
  },
  {
    name: 'a port is closed',
    env: { NAVER_BASE_URL: 'https://127.0.0.1:9' },
    finds: { 'NAVER tcp': 'trouble' },
    says: /No connection to the host of NAVER_BASE_URL, port 9 \(ECONNREFUSED\)/,
    advises: /firewall/,
  },
  {
    name: 'the port is one of plain HTTP',
    env: ({ ctrlHub }) => ({ CTRL_HUB_BASE_URL: ctrlHub.baseUrl.replace('http:', 'https:') }),
    finds: { 'CTRL_HUB tls': 'trouble' },
    says: /No TLS session with the host of CTRL_HUB_BASE_URL/,
    advises: /the port of an HTTPS server/,
  },
  {
    name: "the path is not Lucca's API",
    env: ({ lucca }) => ({ LUCCA_BASE_URL: `${lucca.origin}/lucca` }),
    finds: {
      'LUCCA list-employees': 'trouble',
      'LUCCA list-job-qualifications': 'trouble',
      'LUCCA list-professions': 'trouble',
    },
    says: /expected HTTP 200, got 404/,
    advises: /Check LUCCA_BASE_URL/,
  },
  {
    name: 'the path of tokens is wrong',
    env: ({ lucca }) => ({ LUCCA_TOKEN_URL: `${lucca.origin}/connect/tokens` }),
    finds: { 'LUCCA sign-in': 'trouble' },
    says: /got 404/,
    advises: /LUCCA_TOKEN_URL/,
  },
  {
    name: "Ctrl Hub's address has /v3",
    env: ({ ctrlHub }) => ({ CTRL_HUB_BASE_URL: `${ctrlHub.baseUrl}/v3` }),
    finds: { 'CTRL_HUB sign-in': 'trouble' },
    says: /HTTP 404/,
    advises: /without \/v3/,
  },
  {
    name: 'a page for people is in between (Lucca)',
    prepare: ({ lucca }) => lucca.inject(always(page(200), isApi)),
    finds: {
      'LUCCA list-employees': 'trouble',
      'LUCCA list-job-qualifications': 'trouble',
      'LUCCA list-professions': 'trouble',
    },
    says: /is not JSON/,
    advises: /The response is a web page\. Check LUCCA_BASE_URL/,
  },
  {
    name: 'a page for people is in between (NAVER)',
    prepare: ({ naver }) => naver.inject(always(page(200))),
    finds: { 'NAVER sign-in': 'trouble' },
    says: /is not JSON/,
    advises: /The response is a web page.*NAVER_BASE_URL/,
  },
  {
    name: 'Ctrl Hub leads elsewhere',
    prepare: ({ ctrlHub }) =>
      ctrlHub.inject(always({ status: 302, headers: { location: 'https://elsewhere.example/' } })),
    finds: { 'CTRL_HUB sign-in': 'trouble' },
    says: /HTTP 302/,
    advises: /CTRL_HUB_BASE_URL names the API itself/,
  },
];

/** As the emulator answers, but for the header. */
const limited = always(
  { status: 200, headers: { 'x-ratelimit-limit': '20' }, body: { elements: [], totalCount: 0 } },
  under('/job'),
);

const others: Case[] = [
  {
    name: "the machine's clock is off",
    prepare: ({ naver }) => {
      naver.clockSkewMs = 10 * 60_000;
    },
    finds: { 'NAVER clock': 'note' },
    says: /This machine's clock is (?:59[5-9]|60[0-5]) s behind the vendor's/,
    advises: /NTP/,
  },
  {
    name: 'the version of Lucca is too old',
    env: { LUCCA_API_VERSION: '2020-01-01' },
    finds: {
      'LUCCA list-employees': 'trouble',
      'LUCCA list-job-qualifications': 'trouble',
      'LUCCA list-professions': 'trouble',
    },
    says: /got 400/,
    advises: /Check LUCCA_API_VERSION/,
  },
  {
    name: 'the version of Lucca is a later one than is served',
    env: { LUCCA_API_VERSION: '2026-01-01' },
    finds: { 'LUCCA version': 'note' },
    says: /Lucca serves version 2024-11-01 instead of 2026-01-01/,
    advises: /LUCCA_API_VERSION=2024-11-01/,
  },
  {
    name: 'the version of Lucca is deprecated',
    prepare: ({ lucca }) => Object.assign(lucca.knobs, { deprecation: '2026-01-01', sunset: '2027-01-01T00:00:00Z' }),
    finds: { 'LUCCA version': 'note' },
    says: /deprecation 2026-01-01, sunset 2027-01-01/,
    advises: /newer hr-graph/,
  },
  {
    name: 'the allowance is spent by others',
    prepare: ({ lucca }) =>
      lucca.inject({
        ...always({ status: 429, headers: { 'retry-after': '1' }, body: {} }, under('/professions')),
        times: 1,
      }),
    finds: { 'LUCCA allowance': 'note' },
    says: /1 request was refused with HTTP 429/,
    advises: /lower LUCCA_RATE_LIMIT/,
  },
  {
    name: 'a vendor is down',
    prepare: ({ ctrlHub }) => ctrlHub.inject(always({ status: 503, body: '' })),
    finds: { 'CTRL_HUB sign-in': 'trouble' },
    says: /HTTP 503/,
    advises: /in a few minutes/,
  },
  {
    name: 'a vendor is slow',
    prepare: ({ naver }) => naver.inject({ lateMs: 3_100 }),
    finds: {},
    first: 'NAVER latency',
    says: /slowest \d+ ms\.$/,
    advises: /time out after 6 s/,
  },
  {
    name: 'answers tell another limit than is set',
    prepare: ({ naver }) => naver.inject(limited),
    finds: { 'NAVER allowance': 'note', 'NAVER list-positions': 'note' },
    says: /vendor's limit is 20; none is set/,
    advises: /NAVER_RATE_LIMIT/,
  },
];

describeCases('the doctor, when', [...wrongAddresses, ...others]);
