import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { cleanUp } from './child.ts';
import { startServer } from './server.ts';

afterEach(cleanUp);

describe('a start with a configuration that cannot be used', () => {
  it('ends with code 1 and one message that names every wrong variable', async () => {
    const server = startServer({
      env: {
        PORT: '70000',
        LOG_LEVEL: 'loud',
        LUCCA_BASE_URL: 'http://hr.example',
        LUCCA_CLIENT_ID: 'quartz-client',
        CTRL_HUB_ORGANISATION_ID: 'a/b',
        CTRL_HUB_PAGE_SIZE: '0',
        NAVER_COMPANY_ID: 'a0000000-0000-4000-8000-000000000002',
        NAVER_RATE_LIMIT: 'many',
        IDENTITY_RULES: 'email,shoe-size',
        IDENTITY_MAP_FILE: '/nowhere/people.csv',
        LUCCA_CLIENT_SECRETS: 'plural',
      },
    });
    expect(await server.exit).toBe(1);
    const [title, ...lines] = server.stderr.trimEnd().split('\n');
    expect(title).toBe('The configuration cannot be used:');
    expect(lines.map((line) => line.slice(0, line.indexOf(':'))).sort()).toEqual([
      'CTRL_HUB_ORGANISATION_ID',
      'CTRL_HUB_PAGE_SIZE',
      'CTRL_HUB_SESSION_TOKEN',
      'HR_GRAPH_SECRET',
      'IDENTITY_MAP_FILE',
      'IDENTITY_RULES',
      'LOG_LEVEL',
      'LUCCA_BASE_URL',
      'LUCCA_CLIENT_SECRET',
      'LUCCA_CLIENT_SECRETS',
      'NAVER_ACCESS_KEY',
      'NAVER_RATE_LIMIT',
      'NAVER_SECRET_KEY',
      'PORT',
    ]);
    expect(server.stdout).toBe('');
  });

  it('prints no secret, be it right, wrong or in the wrong place', async () => {
    const server = startServer({
      env: {
        LUCCA_BASE_URL: 'https://user:hush-1@acme.ilucca.net/lucca-api?token=hush-2',
        LUCCA_CLIENT_SECRET: 'hush-3\u00e9',
        CTRL_HUB_SESSION_TOKEN: 'hush-4',
        NAVER_ACCESS_KEY: 'hush-5\u00e9',
        NAVER_SECRET_KEY: 'hush-6',
        HR_GRAPH_SECRET: 'hush-7',
        NAVER_SECRET_KEYS: 'hush-8',
      },
    });
    expect(await server.exit).toBe(1);
    expect(server.stderr).toContain('NAVER_SECRET_KEYS');
    expect(server.stdout + server.stderr).not.toContain('hush');
  });
});

describe('a start on a port that is in use', () => {
  const neighbour = createServer();
  afterEach(() => void neighbour.close());

  it('ends with code 1 and one line that says so', async () => {
    const port = await new Promise<number>((resolve) => {
      neighbour.listen(0, '127.0.0.1', () => {
        const address = neighbour.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
    const server = startServer({ env: { PORT: String(port) } });
    expect(await server.exit).toBe(1);
    expect(server.stderr).toMatch(
      new RegExp(`^hr-graph could not start: PORT: ${port} of 127\\.0\\.0\\.1 is in use; set PORT to another.*\\n$`),
    );
    expect(server.stdout).toBe('');
  });
});
