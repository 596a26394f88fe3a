import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { cleanUp, emptyFolder } from '../process/child.ts';
import { startServer } from '../process/server.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterEach(cleanUp);
afterAll(() => sandbox.close());

const statusOf = async (url: string, headers: Record<string, string> = {}): Promise<number> => {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: '{"query":"{__typename}"}',
  };
  return (await fetch(url, init)).status;
};

/** '' for a process that has ended in the meantime. */
function commandLineOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

describe('a start in live mode', () => {
  it('on loopback without AUTH_MODE answers, and warns', async () => {
    const server = startServer({ env: sandbox.env });
    expect(await statusOf(await server.url())).toBe(200);
    expect(server.stderr).toMatch(/"level":40,.*AUTH_MODE is not set/);
  });

  it('on loopback with AUTH_MODE=none answers, and does not warn', async () => {
    const server = startServer({ env: { ...sandbox.env, AUTH_MODE: 'none' } });
    expect(await statusOf(await server.url())).toBe(200);
    expect(server.stderr).not.toContain('AUTH_MODE');
  });

  it.each([undefined, 'none'])('for other machines with AUTH_MODE=%s does not happen', async (AUTH_MODE) => {
    const server = startServer({ env: { ...sandbox.env, HOST: '0.0.0.0', AUTH_MODE } });
    expect(await server.exit).toBe(1);
    expect(server.stderr).toMatch(/^AUTH_MODE: expected jwt or api-key, got none \(other machines can reach HOST/m);
    expect(server.stdout).toBe('');
  });

  it('for other machines with keys answers those who have one', async () => {
    const file = join(emptyFolder(), 'keys.json');
    const sha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
    writeFileSync(file, JSON.stringify([{ id: 'reporting', sha256, scopes: [] }]));
    const server = startServer({ env: { ...sandbox.env, HOST: '0.0.0.0', AUTH_MODE: 'api-key', API_KEYS_FILE: file } });
    const url = await server.url();
    expect(await statusOf(url)).toBe(401);
    expect(await statusOf(url, { 'x-api-key': 'somebody' })).toBe(401);
    for (const path of ['/healthz', '/readyz']) expect((await fetch(new URL(path, url))).status).toBe(200);
  });
});

describe('a running server', () => {
  it.runIf(process.platform === 'linux')('shows no secret among the processes of the machine', async () => {
    const server = startServer({ env: sandbox.env });
    await server.url();
    const commandLines = readdirSync('/proc')
      .filter((it) => /^\d+$/.test(it))
      .map(commandLineOf);
    expect(commandLines.some((it) => it.includes('src/server/main.js'))).toBe(true);
    const secrets = Object.entries(sandbox.env).filter(([name]) => /SECRET|TOKEN$|KEY$/.test(name));
    expect(secrets.filter(([, value]) => commandLines.some((it) => it.includes(value)))).toEqual([]);
  });
});
