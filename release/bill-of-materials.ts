import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// `node release/bill-of-materials.ts` prints what an installation for production consists of, as CycloneDX. npm writes it, from
// a lock without development's packages: over all of them it lists a version once, and marks it by one of its copies, which
// may be development's; with --omit=dev it leaves out whatever development needs as well, graphql among it.

type Lock = { packages: Record<string, { dev?: boolean; devDependencies?: unknown }> };

const project = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'hr-graph-sbom-'));
try {
  const { devDependencies: _, ...manifest } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
  const lock: Lock = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8'));
  const kept = Object.entries(lock.packages).filter(([, it]) => it.dev !== true);
  const packages = Object.fromEntries(kept.map(([path, { devDependencies, ...it }]) => [path, it]));
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ ...lock, packages }));
  const args = ['sbom', '--package-lock-only', '--sbom-format=cyclonedx'];
  const { status } = spawnSync('npm', args, { cwd: folder, stdio: 'inherit' });
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true });
}
