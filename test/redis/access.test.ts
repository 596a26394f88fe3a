import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ask, type Server, startEmulators, startServer } from '../process/server.ts';
import { hasProgram, programPath } from '../programs/programs.ts';
import { freePort, type RedisServer, startRedis } from './redis-server.ts';

const isPossible = hasProgram('redis-server') && hasProgram('openssl');
const certificate = join(mkdtempSync(join(tmpdir(), 'hr-graph-redis-')), 'redis.crt');
const key = certificate.replace('.crt', '.key');
const password = 'redis-hush-b8f2';

let redis: RedisServer;
let tlsPort: number;
let emulators: Record<string, string>;

beforeAll(async () => {
  if (!isPossible) return;
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=redis.example'];
  const files = ['-addext', 'subjectAltName=IP:127.0.0.1', '-out', certificate, '-keyout', key];
  execFileSync(programPath('openssl'), [...request, ...files], { stdio: 'ignore' });
  tlsPort = await freePort();
  const tls = ['--tls-port', String(tlsPort), '--tls-cert-file', certificate, '--tls-key-file', key];
  redis = await startRedis(...tls, '--tls-auth-clients', 'no');
  // The rights that docs/scale.md names, and no others.
  const rights = ['~hr-graph:*', '+@read', '+@write', '+@scripting', '+hello', '+select', '+time'];
  await redis.command('ACL', 'SETUSER', 'graph', 'on', `>${password}`, ...rights);
  emulators = await startEmulators();
}, 60_000);
afterAll(async () => {
  rmSync(join(certificate, '..'), { recursive: true });
  await redis?.stop();
});

const address = (secret = password) => `rediss://graph:${secret}@127.0.0.1:${tlsPort}/3`;
const start = (env: Record<string, string>): Server =>
  startServer({ env: { ...emulators, REDIS_TIMEOUT_MILLISECONDS: '3000', LOG_LEVEL: 'info', ...env } });

async function stateOfRedis(server: Server): Promise<string> {
  const response = await fetch(new URL('/readyz', await server.url()));
  return z.object({ redis: z.string() }).parse(await response.json()).redis;
}
const reasons = ({ stderr }: Server) => [...stderr.matchAll(/"reason":"([^"]*)".*Redis is away/g)].map(([, it]) => it);

describe.skipIf(!isPossible)('a Redis with TLS and a user of few rights', () => {
  it('is used, in the database that the address names', async () => {
    const server = start({ REDIS_URL: address(), NODE_EXTRA_CA_CERTS: certificate });
    const { errors } = await ask(await server.url(), '{ employees(first: 3) { nodes { id } } }');
    expect(errors).toEqual([]);
    expect(await stateOfRedis(server)).toBe('UP');
    expect(reasons(server)).toEqual([]);
    const [, keys] = await redis.commands(['SELECT', '3'], ['KEYS', '*']);
    expect(keys).toEqual(expect.arrayContaining([expect.stringMatching(/^hr-graph:.*:log$/)]));
    expect(await redis.command('DBSIZE')).toBe(0);
    server.kill();
    await server.exit;
  }, 60_000);

  it('is away for who does not trust its certificate', async () => {
    const server = start({ REDIS_URL: address() });
    await server.url();
    expect(await stateOfRedis(server)).toBe('AWAY');
    expect(reasons(server)).toEqual(['DEPTH_ZERO_SELF_SIGNED_CERT']);
    server.kill();
    await server.exit;
  }, 60_000);

  it('is away for who has another password, which no line shows', async () => {
    const server = start({ REDIS_URL: address('redis-wrong-7c1d'), NODE_EXTRA_CA_CERTS: certificate });
    await server.url();
    expect(await stateOfRedis(server)).toBe('AWAY');
    expect(reasons(server)).toEqual(['WRONGPASS']);
    expect(server.stderr + server.stdout).not.toContain('redis-wrong-7c1d');
    server.kill();
    await server.exit;
  }, 60_000);
});
