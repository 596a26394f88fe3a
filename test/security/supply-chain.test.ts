import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { cleanUp, emptyFolder } from '../process/child.ts';

afterAll(cleanUp);

const root = fileURLToPath(new URL('../..', import.meta.url));
const textOf = (file: string): string => readFileSync(`${root}/${file}`, 'utf8');

const lockShape = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      integrity: z.string().optional(),
      resolved: z.string().optional(),
      hasInstallScript: z.boolean().optional(),
      bin: z.record(z.string(), z.string()).optional(),
      dev: z.boolean().optional(),
      optional: z.boolean().optional(),
    }),
  ),
});
const manifestShape = z.object({ allowScripts: z.record(z.string(), z.boolean()) });
const componentShape = z.object({
  name: z.string(),
  version: z.string(),
  properties: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
});
const billShape = z.object({ components: z.array(componentShape) });

const isForDevelopment = ({ properties }: z.infer<typeof componentShape>): boolean =>
  properties.some(({ name, value }) => name === 'cdx:npm:package:development' && value === 'true');

const nameIn = (path: string): string => path.split('node_modules/').at(-1) ?? path;

const locked = Object.entries(lockShape.parse(JSON.parse(textOf('package-lock.json'))).packages).filter(
  ([it]) => it !== '',
);
const { allowScripts } = manifestShape.parse(JSON.parse(textOf('package.json')));

describe('the packages', () => {
  it('are each locked to the bytes that were reviewed, and come from the public registry', () => {
    expect(locked.length).toBeGreaterThan(100);
    expect(locked.filter(([, it]) => !/^sha512-/.test(it.integrity ?? '')).map(([name]) => name)).toEqual([]);
    const elsewhere = locked.filter(
      ([, { resolved = 'https://registry.npmjs.org/' }]) => !resolved.startsWith('https://registry.npmjs.org/'),
    );
    expect(elsewhere).toEqual([]);
  });

  it('run no script when they are installed', () => {
    const scripted = locked.filter(([, it]) => it.hasInstallScript).map(([path]) => nameIn(path));
    expect(scripted.filter((name) => allowScripts[name] === undefined)).toEqual([]);
    expect(Object.values(allowScripts)).not.toContain(true);
  });

  it('put no other Node before the one of the machine, which may be the only one that runs there', () => {
    const shadowing = locked.filter(([, { bin = {} }]) => 'node' in bin || 'npm' in bin).map(([path]) => path);
    expect(shadowing, 'take `bin` out of these entries of package-lock.json: bin/node.js finds them').toEqual([]);
  });

  it('are installed by an older Node without warnings: they run by the one that bin/node.js finds', () => {
    const folder = emptyFolder();
    for (const file of ['package.json', 'package-lock.json']) writeFileSync(join(folder, file), textOf(file));
    writeFileSync(join(folder, 'older.cjs'), "Object.defineProperty(process, 'version', { value: 'v20.19.0' });");
    const { status, stderr } = spawnSync('npm', ['ci', '--dry-run', '--ignore-scripts', '--offline', '--no-audit'], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: `--require ${join(folder, 'older.cjs')}` },
    });
    const packages = [...stderr.matchAll(/EBADENGINE +package: '(.+)'/g)].map(([, name]) => name);
    expect(packages, 'take `engines` out of these entries of package-lock.json').toEqual([]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('of an installation for production are listed by npm run sbom, and no others', () => {
    const args = ['run', '--silent', 'sbom'];
    const bill = execFileSync('npm', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const { components } = billShape.parse(JSON.parse(bill));
    const production = locked.filter(([, it]) => it.dev !== true);
    expect(production.length).toBeGreaterThan(40);
    const listed = components.map(({ name, version }) => `${name}@${version}`);
    const named = production.map(([path, { version }]) => `${nameIn(path)}@${version}`);
    expect([...new Set(listed)].sort()).toEqual([...new Set(named)].sort());
    expect(components.filter(isForDevelopment)).toEqual([]);
  });
});

describe('the image', () => {
  const dockerfile = textOf('deploy/Dockerfile');

  it('runs without root, and without the packages that only development needs', () => {
    expect(dockerfile).toMatch(/^USER node$/m);
    expect(dockerfile).toMatch(/npm ci --omit=dev --omit=optional --ignore-scripts/);
    expect(dockerfile.indexOf('\nUSER node')).toBeLessThan(dockerfile.indexOf('\nCMD'));
  });

  it('holds the sources alone: no tests, no settings, nothing of the machine that built it', () => {
    const copied = [...dockerfile.matchAll(/^COPY (.+) \S+$/gm)].map(([, sources]) => sources);
    const manifests = 'package.json package-lock.json';
    const packages = '--from=packages /app/node_modules';
    expect(copied).toEqual([manifests, packages, manifests, 'bin', 'src', 'schema', 'resolvers']);
  });
});
