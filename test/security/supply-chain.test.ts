import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

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

  it('are all listed by npm sbom, with a mark on those that only development needs', () => {
    // Not with --omit=dev: npm then leaves out whatever development needs as well, graphql among it.
    const args = ['sbom', '--sbom-format=cyclonedx'];
    const bill = execFileSync('npm', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const { components } = billShape.parse(JSON.parse(bill));
    const idOf = ({ name, version }: { name: string; version?: string | undefined }) => `${name}@${version}`;
    const production = locked.filter(([, it]) => it.dev !== true && it.optional !== true);
    expect(production.length).toBeGreaterThan(40);
    const named = production.map(([path, { version }]) => idOf({ name: nameIn(path), version }));
    const listed = new Set(components.map(idOf));
    expect(named.filter((it) => !listed.has(it))).toEqual([]);
    // npm lists a version once, with the mark of one of its copies: where gateways bring another, it may be the wrong one.
    const copied = locked.filter(([, it]) => it.dev === true).map(([path, it]) => idOf({ name: nameIn(path), ...it }));
    const marked = new Set(components.filter(isForDevelopment).map(idOf));
    expect(named.filter((it) => marked.has(it) && !copied.includes(it))).toEqual([]);
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
    expect(copied).toEqual(['package.json package-lock.json', 'src', 'schema', 'resolvers']);
  });
});
