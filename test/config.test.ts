import { describe, expect, it } from 'vitest';
import { describeUpstreams, readConfig } from '../src/config/config.ts';
import { ctrlHub, everything, lucca, naver, problemsOf, secret } from './config-fixture.ts';

describe('the mode', () => {
  it('is sandbox with nothing set, on loopback, with the same identity key every time', () => {
    const config = readConfig({});
    expect(config).toMatchObject({ mode: 'sandbox', host: '127.0.0.1', port: 4000, logLevel: 'info' });
    expect(config.upstreams).toEqual({ LUCCA: null, NAVER: null, CTRL_HUB: null });
    expect(config.identity.secret).toBe(readConfig(secret).identity.secret);
  });

  it('stays sandbox with tuning variables alone, which are checked all the same', () => {
    const tuning = { LUCCA_SCOPES: 'employees.readonly', CTRL_HUB_PAGE_SIZE: '50', NAVER_RATE_LIMIT: '10/1' };
    expect(readConfig(tuning).mode).toBe('sandbox');
    expect(problemsOf({ ...tuning, CTRL_HUB_PAGE_SIZE: '0' })).toEqual([
      'CTRL_HUB_PAGE_SIZE: expected a whole number from 1 to 1000, got "0"',
    ]);
  });

  it('takes blank variables for unset ones', () => {
    const blank = Object.fromEntries(Object.keys(everything).map((name, index) => [name, ' '.repeat(index % 3)]));
    expect(readConfig({ ...blank, PORT: '', LUCCA_TYPO: ' ' })).toMatchObject({ mode: 'sandbox', port: 4000 });
  });

  it.each([
    ['Lucca', lucca],
    ['Ctrl Hub', ctrlHub],
    ['NAVER WORKPLACE', naver],
  ])('is live with %s alone', (vendor, variables) => {
    const config = readConfig({ ...variables, ...secret });
    expect(config.mode).toBe('live');
    expect(describeUpstreams(config)).toBe(vendor);
  });

  it('answers other machines only where callers are known, and lets the sandbox listen anywhere', () => {
    for (const HOST of ['0.0.0.0', '::', '10.1.2.3', '128.0.0.1', 'hr.example', '127.0.0.1.example']) {
      expect(problemsOf({ ...everything, HOST })).toEqual([expect.stringMatching(/^AUTH_MODE: .*\bHOST\b/)]);
    }
    for (const HOST of ['127.0.0.1', '127.8.8.8', '::1', 'localhost', 'LOCALHOST']) {
      expect(readConfig({ ...everything, HOST }).host).toBe(HOST);
    }
    expect(readConfig({ HOST: '0.0.0.0' }).host).toBe('0.0.0.0');
  });
});

describe('a read-only deployment', () => {
  it.each([
    ['on', true],
    [' ON ', true],
    ['true', true],
    ['1', true],
    ['off', false],
    ['False', false],
    ['0', false],
    [undefined, false],
  ])('is asked for or not by READ_ONLY=%s', (READ_ONLY, isReadOnly) => {
    expect(readConfig({ READ_ONLY }).isReadOnly).toBe(isReadOnly);
  });

  it('is never guessed from another word', () => {
    expect(problemsOf({ READ_ONLY: 'yes' })).toEqual(['READ_ONLY: expected on or off, got "yes"']);
  });

  it.each(['READONLY', 'read_only', 'READ_ONY', 'READ_ONLYY'])('is not asked for by %s, which is named', (name) => {
    expect(problemsOf({ [name]: 'on' })).toEqual([`${name}: no such variable; is READ_ONLY meant?`]);
  });
});

describe('a switch', () => {
  it.each(['GRAPHIQL', 'INTROSPECTION', 'SUBGRAPH', 'CACHE_ANSWERS', 'READ_ONLY'])(
    'is on or off, as YAML writes it as well: %s',
    (name) => {
      const read = (value: string) => JSON.stringify(readConfig({ [name]: value }));
      expect([read('true'), read('1'), read('On')]).toEqual([read('on'), read('on'), read('on')]);
      expect([read('false'), read('0'), read('OFF')]).toEqual([read('off'), read('off'), read('off')]);
      expect(read('on')).not.toBe(read('off'));
      expect(problemsOf({ [name]: 'no' })).toEqual([`${name}: expected on or off, got "no"`]);
    },
  );

  it('may be one of several choices, whose on or off YAML may have made true or false', () => {
    const { auditLog, access } = readConfig({
      AUDIT_LOG: 'false',
      RATE_LIMIT_PER_CALLER: 'false',
    });
    expect(auditLog).toBe('off');
    expect(access.callerAllowance).toBeNull();
  });
});

describe('an upstream', () => {
  it('gets the documented defaults', () => {
    const { upstreams } = readConfig(everything);
    expect(upstreams).toEqual({
      LUCCA: {
        baseUrl: lucca.LUCCA_BASE_URL,
        tokenUrl: 'https://accounts.world.luccasoftware.com/connect/token',
        clientId: lucca.LUCCA_CLIENT_ID,
        clientSecret: lucca.LUCCA_CLIENT_SECRET,
        apiVersion: '2024-11-01',
        scopes: 'employees.readonly employments.readonly job-positions.readonly job-qualifications.readonly',
        mayLackScopes: true,
        allowance: { count: 50, seconds: 60 },
      },
      CTRL_HUB: {
        baseUrl: 'https://api.ctrl-hub.com',
        sessionToken: ctrlHub.CTRL_HUB_SESSION_TOKEN,
        organisationId: ctrlHub.CTRL_HUB_ORGANISATION_ID,
        pageSize: 100,
        filterDialect: 'named',
        allowance: null,
      },
      NAVER: {
        baseUrl: 'https://workplace.apigw.ntruss.com',
        companyId: naver.NAVER_COMPANY_ID,
        accessKey: naver.NAVER_ACCESS_KEY,
        secretKey: naver.NAVER_SECRET_KEY,
        pageSize: 100,
        sortOrderForm: 'number',
        allowance: null,
      },
    });
  });

  it('takes what is set, without the spaces around it', () => {
    const { upstreams } = readConfig({
      ...everything,
      LUCCA_TOKEN_URL: ' http://127.0.0.1:9/token ',
      LUCCA_API_VERSION: '2028-02-29',
      LUCCA_SCOPES: 'employees.readonly   employments.readonly',
      LUCCA_RATE_LIMIT: '5 / 1',
      CTRL_HUB_BASE_URL: 'http://[::1]:8080/proxy/',
      CTRL_HUB_PAGE_SIZE: '1000',
      CTRL_HUB_FILTER_DIALECT: 'Operator',
      CTRL_HUB_RATE_LIMIT: '1000/3600',
      NAVER_BASE_URL: 'http://localhost:8081',
      NAVER_PAGE_SIZE: ' 1 ',
      NAVER_SORT_ORDER_FORM: 'string',
      NAVER_RATE_LIMIT: '9/9',
    });
    expect(upstreams.LUCCA).toMatchObject({
      tokenUrl: 'http://127.0.0.1:9/token',
      apiVersion: '2028-02-29',
      scopes: 'employees.readonly employments.readonly',
      allowance: { count: 5, seconds: 1 },
    });
    expect(upstreams.CTRL_HUB).toMatchObject({
      baseUrl: 'http://[::1]:8080/proxy/',
      pageSize: 1000,
      filterDialect: 'operator',
      allowance: { count: 1000, seconds: 3600 },
    });
    expect(upstreams.NAVER).toMatchObject({
      baseUrl: 'http://localhost:8081',
      pageSize: 1,
      sortOrderForm: 'string',
      allowance: { count: 9 },
    });
  });

  it('that is half given lists each missing variable, and the identity key', () => {
    expect(problemsOf({ LUCCA_TOKEN_URL: 'https://id.example/token', NAVER_COMPANY_ID: 'x' })).toEqual([
      'LUCCA_BASE_URL: expected a value, got none (Lucca needs it, and LUCCA_TOKEN_URL asks for Lucca)',
      'LUCCA_CLIENT_ID: expected a value, got none (Lucca needs it, and LUCCA_TOKEN_URL asks for Lucca)',
      'LUCCA_CLIENT_SECRET: expected a value, got none (Lucca needs it, and LUCCA_TOKEN_URL asks for Lucca)',
      'NAVER_ACCESS_KEY: expected a value, got none (NAVER WORKPLACE needs it, and NAVER_COMPANY_ID asks for NAVER WORKPLACE)',
      'NAVER_SECRET_KEY: expected a value, got none (NAVER WORKPLACE needs it, and NAVER_COMPANY_ID asks for NAVER WORKPLACE)',
      'HR_GRAPH_SECRET: expected a value, got none (live mode derives its keys from it)',
    ]);
  });

  it.each(['LUCCA_BASE_URL', 'LUCCA_TOKEN_URL', 'CTRL_HUB_BASE_URL', 'NAVER_BASE_URL'])(
    'has a safe address in %s',
    (name) => {
      const problemOf = (address: string) => problemsOf({ ...everything, [name]: address }).join('\n');
      expect(problemOf('acme.example')).toBe(
        `${name}: expected an address that begins with https://, got "acme.example"`,
      );
      expect(problemOf('ftp://acme.example')).toContain('begins with https://');
      expect(problemOf('https:acme.example')).toContain('begins with https://');
      expect(problemOf('https://acme .example')).toContain('begins with https://');
      expect(problemOf('https://ann:pw@acme.example')).toBe(
        `${name}: expected an address without credentials, got one with them`,
      );
      expect(problemOf('https://acme.example/?k=pw')).toContain('without query and fragment, got one with them');
      expect(problemOf('https://acme.example/#')).toContain('without query and fragment');
      for (const host of ['acme.example', '10.0.0.1', 'localhost.example', '[::2]', '128.0.0.1']) {
        expect(problemOf(`http://${host}`)).toBe(
          `${name}: expected https (over plain http, tokens can be read on the way; only loopback may use it), got "http://${host}"`,
        );
      }
      for (const host of ['127.0.0.1:4001', '127.255.0.9', 'LocalHost:1', '[::1]:4001/x']) {
        expect(problemOf(`http://${host}`)).toBe('');
      }
    },
  );
});
