import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// `node release/bill-of-materials.ts` prints the packages of a production installation, as CycloneDX. npm writes it from a lock
// file without development packages. From the full lock file, npm lists each version once and marks it by one of its copies,
// which may be for development; with --omit=dev it omits every package that development needs too, such as graphql.

type Lock = { packages: Record<string, { dev?: boolean; devDependencies?: unknown }> };

const project = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'hr-graph-sbom-'));
try {
  const { devDependencies: _, ...manifest } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
  const lock: Lock = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8'));
  const kept = Object.entries(lock.packages).filter(([, { dev }]) => dev !== true);
  const packages = Object.fromEntries(kept.map(([path, { devDependencies, ...entry }]) => [path, entry]));
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ ...lock, packages }));
  const args = ['sbom', '--package-lock-only', '--sbom-format=cyclonedx'];
  const { status } = spawnSync('npm', args, { cwd: folder, stdio: 'inherit' });
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true });
}
