import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { cleanUp, emptyFolder, start } from '../process/child.ts';
import { compose, mebibytes, root, textOf } from './files.ts';

afterAll(cleanUp);

/** By the schema of the Compose Specification, and what else the linter calls an error. */
async function lint(path: string): Promise<{ code: number | null; output: string }> {
  const program = join(root, 'node_modules/dclint/bin/dclint.cjs');
  const linter = start(process.execPath, [program, '--quiet', path], { cwd: emptyFolder() });
  const code = await linter.exit;
  return { code, output: `${linter.stdout}${linter.stderr}`.trim() };
}

describe('compose.yaml', () => {
  it('is by the specification', async () => {
    expect(await lint(join(root, 'deploy/compose.yaml'))).toEqual({ code: 0, output: '' });
  });

  it('would be found out otherwise', async () => {
    const broken = join(emptyFolder(), 'compose.yaml');
    writeFileSync(broken, textOf('deploy/compose.yaml').replaceAll('read_only: true', 'readonly: true'));
    const { code, output } = await lint(broken);
    expect(code).not.toBe(0);
    expect(output).toContain('must NOT have additional properties');
  });

  it('gives two replicas the same, and takes their secrets from a file', () => {
    const { networks: _, ...first } = compose.services['hr-graph-1'];
    const { networks: __, ...second } = compose.services['hr-graph-2'];
    expect(first).toEqual(second);
    expect(first.env_file).toEqual(['../.env']);
    expect(Object.keys(first.environment).filter((name) => /_(SECRET|TOKEN|KEY)$/.test(name))).toEqual([]);
    // Without one, `up` ends by saying what is missing.
    expect(first.environment.REDIS_URL).toMatch(/^redis:\/\/:\$\{REDIS_PASSWORD:\?[^}]+\}@redis:6379$/);
    expect(compose.services.redis.environment.REDISCLI_AUTH).toMatch(/^\$\{REDIS_PASSWORD:\?[^}]+\}$/);
  });

  it('gives nginx the names that its configuration asks for', () => {
    const servers = [...textOf('deploy/nginx.conf').matchAll(/^ *server (\S+):(\d+) /gm)];
    expect(servers.map(([, name]) => name)).toEqual(
      Object.keys(compose.services).filter((it) => it.startsWith('hr-graph')),
    );
    expect(servers.map(([, , port]) => port)).toEqual(['4000', '4000']);
  });

  it('lets nobody but the replicas reach Redis, and publishes nothing but nginx', () => {
    const within = (network: string) =>
      Object.entries(compose.services).flatMap(([name, { networks }]) => (network in networks ? [name] : []));
    expect(within('redis')).toEqual(['hr-graph-1', 'hr-graph-2', 'redis']);
    expect(within('metrics')).toEqual(['hr-graph-1', 'hr-graph-2']);
    expect(compose.networks).toMatchObject({ redis: { internal: true }, metrics: { internal: true } });
    expect(Object.keys(compose.services.redis.networks)).toEqual(['redis']);
    expect(Object.entries(compose.services).flatMap(([name, it]) => ('ports' in it ? [name] : []))).toEqual(['nginx']);
  });

  it('names every image by its exact version', () => {
    for (const { image } of Object.values(compose.services)) expect(image).toMatch(/:\d+\.\d+\.\d+$/);
    expect(mebibytes(compose.services['hr-graph-1'].mem_limit)).toBe(1024);
  });
});
