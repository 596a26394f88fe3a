import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

const oldest = '22.18';
const canStrip = (feature) => feature === 'strip' || feature === 'transform';

/** Whether the current Node runs TypeScript without a build. */
export const runsTypeScript = () => canStrip(process.features.typescript);

/**
 * The path of a Node that runs this project: the current one, or else the one in the packages, on Linux. That one needs glibc:
 * with another C library it is installed but does not run.
 */
export function suitableNode(root) {
  if (runsTypeScript()) return process.execPath;
  const packed = join('node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  const path = pathAbove(root, packed) ?? join(root, packed);
  const { error, status, stdout } = spawnSync(path, ['-p', 'process.features.typescript'], { encoding: 'utf8' });
  if (status === 0 && canStrip(stdout.trim())) return path;
  const reason = error === undefined ? `ends with ${status}` : `cannot be run (${error.code ?? error.message})`;
  throw new Error(
    `expected Node ${oldest} or newer, got ${process.version}, and ${packed} ${reason}. Install Node ${oldest} or newer`,
  );
}

/** In the folder or the nearest one around it: npm installs a package beside what it depends on. */
function pathAbove(folder, path) {
  const found = join(folder, path);
  if (existsSync(found)) return found;
  return dirname(folder) === folder ? undefined : pathAbove(dirname(folder), path);
}
