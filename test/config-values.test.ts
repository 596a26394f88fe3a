import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeUpstreams, readConfig } from '../src/config/config.ts';
import { everything, fileOf, lucca, naver, problemsOf, removeFiles, secret, type Variables } from './config-fixture.ts';

removeFiles();

describe('a wrong value', () => {
  it.each([
    ['PORT', '65536', 'a whole number from 0 to 65535'],
    ['PORT', '4e3', 'a whole number from 0 to 65535'],
    ['PORT', '-1', 'a whole number from 0 to 65535'],
    ['HOST', '[::1]', 'a host name, or an IP address without brackets'],
    ['LOG_LEVEL', 'loud', 'one of trace, debug, info, warn, error, fatal, silent'],
    ['LUCCA_API_VERSION', '2023-02-29', 'a date such as 2024-11-01'],
    ['LUCCA_API_VERSION', 'latest', 'a date such as 2024-11-01'],
    ['LUCCA_SCOPES', 'a.readonly,b.readonly', 'scopes separated by spaces'],
    ['LUCCA_RATE_LIMIT', '50', 'requests/seconds such as 50/60'],
    ['LUCCA_RATE_LIMIT', '0/60', 'requests/seconds such as 50/60'],
    ['NAVER_RATE_LIMIT', '50/0', 'requests/seconds such as 50/60'],
    ['CTRL_HUB_RATE_LIMIT', '50/1.5', 'requests/seconds such as 50/60'],
    ['MAX_RETRY_AFTER_SECONDS', '0', 'a whole number from 1 to 86400'],
    ['MAX_RETRY_AFTER_SECONDS', '3000000', 'a whole number from 1 to 86400'],
    ['NAVER_PAGE_SIZE', '1001', 'a whole number from 1 to 1000'],
    ['CTRL_HUB_FILTER_DIALECT', 'sql', 'one of named, operator'],
    ['NAVER_SORT_ORDER_FORM', 'text', 'one of number, string'],
    ['CTRL_HUB_ORGANISATION_ID', '..', 'an identifier without spaces and without / \\ ? # %'],
    ['NAVER_COMPANY_ID', 'a/b', 'an identifier without spaces and without / \\ ? # %'],
  ])('of %s (%s) is shown next to what was expected', (name, value, expected) => {
    expect(problemsOf({ ...everything, [name]: value })).toEqual([`${name}: expected ${expected}, got "${value}"`]);
  });

  it('is cut to 40 characters and kept on one line', () => {
    expect(problemsOf({ PORT: `1\n${'2'.repeat(60)}` })).toEqual([
      `PORT: expected a whole number from 0 to 65535, got "1\\n${'2'.repeat(38)}"…`,
    ]);
  });

  it('does not hide the others: the message has a line for each', () => {
    const variables = { ...lucca, PORT: 'x', LUCCA_CLIENT_ID: '', IDENTITY_RULES: 'shoe-size', NAVER_PAGESIZE: '5' };
    const problems = problemsOf(variables);
    expect(problems.map((it) => it.split(':')[0])).toEqual([
      'PORT',
      'LUCCA_CLIENT_ID',
      'HR_GRAPH_SECRET',
      'IDENTITY_RULES',
      'NAVER_PAGESIZE',
    ]);
    expect(() => readConfig(variables)).toThrow(['The configuration cannot be used:', ...problems].join('\n'));
  });

  it('of a secret is never shown', () => {
    const names = ['LUCCA_CLIENT_SECRET', 'CTRL_HUB_SESSION_TOKEN', 'NAVER_ACCESS_KEY', 'NAVER_SECRET_KEY'];
    for (const name of names) {
      expect(problemsOf({ ...everything, [name]: 'hüsh\u0007hush' })).toEqual([
        `${name}: expected printable ASCII characters only, got something else`,
      ]);
    }
  });

  it('leaves no secret and no unknown value in the message, whatever else is wrong', () => {
    const hidden = ['_CLIENT_SECRET', '_SESSION_TOKEN', '_ACCESS_KEY', '_SECRET_KEY', '_PASSWORD'];
    const name = fc.tuple(fc.constantFrom('LUCCA', 'CTRL_HUB', 'NAVER', 'IDENTITY'), fc.constantFrom(...hidden));
    const value = fc.stringMatching(/^[é-ü]{1,3}S3CR3T[ -~]{0,50}$/);
    const password = fc.stringMatching(/^[a-z]{0,3}S3CR3T$/);
    fc.assert(
      fc.property(name, value, password, fc.webPath(), ([prefix, suffix], text, word, path) => {
        const problems = problemsOf({
          [`${prefix}${suffix}`]: text,
          LUCCA_BASE_URL: `https://ann:${word}@ acme.example${path}`,
          NAVER_BASE_URL: `http://acme.example${path}?key=${word}`,
          HR_GRAPH_SECRET: 'S3CR3T',
        });
        expect(problems.length).toBeGreaterThan(3);
        expect(problems.join('\n')).not.toContain('S3CR3T');
      }),
    );
  });
});

describe('proxies', () => {
  it('are read in either case, lower case first, and mean http where they do not say', () => {
    const variables = { HTTPS_PROXY: 'http://a.example:1', https_proxy: 'b.example:2', no_proxy: 'c.example' };
    expect(readConfig({ ...everything, ...variables }).network.proxies).toEqual({
      httpProxy: '',
      httpsProxy: 'http://b.example:2/',
      noProxy: 'c.example',
    });
  });

  it('that cannot be used are named, and never shown', () => {
    const expected = 'expected an address such as http://proxy.example:3128, got something else';
    expect(problemsOf({ ...everything, HTTP_PROXY: 'socks5://me:hush@a.example' })).toEqual([
      `HTTP_PROXY: ${expected}`,
    ]);
    expect(problemsOf({ ...everything, https_proxy: 'http://' })).toEqual([`https_proxy: ${expected}`]);
  });

  it('do not matter to the sandbox', () => {
    const { network } = readConfig({ HTTPS_PROXY: 'socks5://a.example' });
    expect(network.proxies).toEqual({ httpProxy: '', httpsProxy: '', noProxy: '' });
  });
});

describe('an unknown variable', () => {
  it('that begins like ours is a problem, with the one name that it resembles', () => {
    expect(problemsOf({ LUCCA_BASE_ADDRESS: 'x', CTRL_HUB_: 'x', IDENTITY_MAPPING: 'x', NAVER_SORT: 'x' })).toEqual([
      'CTRL_HUB_: no such variable',
      'IDENTITY_MAPPING: no such variable; is IDENTITY_MAP_FILE meant?',
      'LUCCA_BASE_ADDRESS: no such variable; is LUCCA_BASE_URL meant?',
      'NAVER_SORT: no such variable; is NAVER_SORT_ORDER_FORM meant?',
    ]);
    expect(problemsOf({ LUCCA_CLIENT: 'x' })).toEqual(['LUCCA_CLIENT: no such variable']);
  });

  it('that is a slip away from one of ours is a problem, whatever it begins with', () => {
    expect(problemsOf({ API_KEY_FILE: 'x', AUTH_MODES: 'jwt', CORSORIGINS: 'x', LUCCA_CLIENT_SECRETS: 'x' })).toEqual([
      'API_KEY_FILE: no such variable; is API_KEYS_FILE meant?',
      'AUTH_MODES: no such variable; is AUTH_MODE meant?',
      'CORSORIGINS: no such variable; is CORS_ORIGINS meant?',
      'LUCCA_CLIENT_SECRETS: no such variable; is LUCCA_CLIENT_SECRET meant?',
    ]);
    expect(problemsOf({ HOSTS: 'x', PORTS: '1', GRAPHIQL_: 'x', HOSTNAME: 'x', CACHE: 'x', LOG: 'x' })).toEqual([]);
  });

  it('of somebody else is none of our business', () => {
    expect(problemsOf({ PATH: '/bin', LUCCA: 'x', MY_LUCCA_URL: 'x', NODE_OPTIONS: '' })).toEqual([]);
  });
});

describe('identity', () => {
  it('is made with the key of the deployment in live mode', () => {
    expect(readConfig(everything).identity.secret).toBe(secret.HR_GRAPH_SECRET);
  });

  it('takes the key by its former name as well, with a warning', () => {
    const { HR_GRAPH_SECRET: NODE_ID_SECRET, ...others } = everything;
    const { identity, warnings } = readConfig({ ...others, NODE_ID_SECRET });
    expect(identity.secret).toBe(NODE_ID_SECRET);
    expect(warnings).toEqual([
      'NODE_ID_SECRET: call it HR_GRAPH_SECRET; the next release no longer knows the old name',
    ]);
    expect(readConfig(everything).warnings).toEqual([]);
    expect(readConfig({ ...everything, NODE_ID_SECRET }).identity.secret).toBe(NODE_ID_SECRET);
  });

  it('does not choose between two different keys', () => {
    expect(problemsOf({ ...everything, NODE_ID_SECRET: 'another' })).toEqual([
      'NODE_ID_SECRET: expected no value, because HR_GRAPH_SECRET, its new name, has another',
    ]);
  });

  it('tries all rules unless told which, in which order', () => {
    expect(readConfig({}).identity.rules).toEqual(['MAPPING_FILE', 'EMAIL', 'REMOTE_ID', 'EMPLOYEE_NUMBER']);
    expect(readConfig({ IDENTITY_RULES: 'Employee-Number , EMAIL' }).identity.rules).toEqual([
      'EMPLOYEE_NUMBER',
      'EMAIL',
    ]);
  });

  it('names the rule that is unknown, empty or repeated', () => {
    const all = 'a comma list of mapping-file, email, remote-id, employee-number';
    expect(problemsOf({ IDENTITY_RULES: 'email,phone' })).toEqual([`IDENTITY_RULES: expected ${all}, got "phone"`]);
    expect(problemsOf({ IDENTITY_RULES: 'email,' })).toEqual([`IDENTITY_RULES: expected ${all}, got ""`]);
    expect(problemsOf({ IDENTITY_RULES: 'email,remote-id,Email' })).toEqual([
      'IDENTITY_RULES: expected each rule once, got "Email" again',
    ]);
  });

  it('has an empty mapping without a file, and the rows of the file with one', () => {
    expect(readConfig({}).identity).toMatchObject({ mappingFile: null, mapping: { size: 0 } });
    const path = fileOf('people.csv', 'naver,lucca\nN-7001,8001\nN-7002,8002\n');
    const { mappingFile, mapping } = readConfig({ IDENTITY_MAP_FILE: path }).identity;
    expect(mappingFile).toBe(path);
    expect(mapping.rows.find((it) => it.LUCCA === '8002')?.NAVER).toBe('N-7002');
  });

  it('tells why a mapping file cannot be used, by row and never by value', () => {
    const missing = join(import.meta.dirname, 'missing.csv');
    expect(problemsOf({ IDENTITY_MAP_FILE: missing })[0]).toMatch(
      /^IDENTITY_MAP_FILE: expected the path of a mapping file, got ".*" \(ENOENT\)$/,
    );
    expect(problemsOf({ IDENTITY_MAP_FILE: import.meta.dirname })[0]).toContain('(EISDIR)');
    const lonely = fileOf('lonely.csv', 'lucca,naver\n8001,N-7001\n8002,\n');
    expect(problemsOf({ IDENTITY_MAP_FILE: lonely })[0]).toContain(
      '(row 3: names LUCCA alone: a row links at least two systems)',
    );
    const twice = problemsOf({ IDENTITY_MAP_FILE: fileOf('twice.csv', 'lucca,naver\n8001,N-7001\n8001,N-7002\n') });
    expect(twice[0]).toContain('(row 3: names the same LUCCA identifier as 2)');
    expect(twice[0]).not.toMatch(/8001|N-700/);
  });
});

describe('describeUpstreams', () => {
  it('names the configured ones, and says when they are emulated', () => {
    expect(describeUpstreams(readConfig({ ...lucca, ...naver, ...secret }))).toBe('Lucca, NAVER WORKPLACE');
    expect(describeUpstreams(readConfig({}))).toBe('Lucca, NAVER WORKPLACE, Ctrl Hub (all emulated)');
  });
});

describe('.env.example', () => {
  const lines = readFileSync(new URL('../.env.example', import.meta.url), 'utf8').split('\n');
  const settings = lines.filter((line) => /^# [A-Z_]+=/.test(line)).map((line) => line.slice(2));
  const example = parseEnv(settings.join('\n'));

  it('describes exactly the variables that are read, each once, and none by its former name', () => {
    const asked = new Set<string | symbol>();
    readConfig(new Proxy<Variables>({}, { get: (_, name) => void asked.add(name) }));
    asked.delete('NODE_ID_SECRET');
    // Proxies are read in lower case as well, as by other programs.
    const names = new Set([...asked].map((it) => String(it).toUpperCase()));
    expect(settings.map((it) => it.split('=')[0]).toSorted()).toEqual([...names].toSorted());
  });

  it('sets nothing by itself, and says a line about each variable', () => {
    expect(parseEnv(lines.join('\n'))).toEqual({});
    for (const [index, line] of lines.entries()) {
      if (settings.includes(line.slice(2))) expect(lines[index - 1]).toMatch(/^# .*[a-z].*\.$/);
    }
  });

  it('shows the defaults, and nothing that passes for a credential', () => {
    const given = Object.fromEntries(Object.entries(example).filter(([, value]) => value !== ''));
    // Scopes that are set are asked for as they are.
    const { LUCCA_SCOPES } = given;
    expect(readConfig({ ...everything, ...given, LUCCA_BASE_URL: lucca.LUCCA_BASE_URL })).toEqual(
      readConfig({ ...everything, LUCCA_SCOPES }),
    );
    expect(readConfig(everything).upstreams.LUCCA?.scopes).toBe(LUCCA_SCOPES);
    const unfilled = problemsOf(example);
    expect(unfilled.map((it) => it.split(':')[0])).toEqual([
      'LUCCA_CLIENT_ID',
      'LUCCA_CLIENT_SECRET',
      'CTRL_HUB_SESSION_TOKEN',
      'CTRL_HUB_ORGANISATION_ID',
      'NAVER_COMPANY_ID',
      'NAVER_ACCESS_KEY',
      'NAVER_SECRET_KEY',
      'HR_GRAPH_SECRET',
    ]);
  });
});
