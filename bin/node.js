import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

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
  const path = join(root, packed);
  const { error, status, stdout } = spawnSync(path, ['-p', 'process.features.typescript'], { encoding: 'utf8' });
  if (status === 0 && canStrip(stdout.trim())) return path;
  const reason = error === undefined ? `ends with ${status}` : `cannot be run (${error.code ?? error.message})`;
  throw new Error(
    `expected Node ${oldest} or newer, got ${process.version}, and ${packed} ${reason}. Install Node ${oldest} or newer`,
  );
}
