import { missingPrograms } from './programs.ts';

/** A run without the programs that its tests drive ends by saying what did not run; in CI it fails before it starts. */
export default function setup(): () => void {
  const missing = missingPrograms();
  if (missing.length > 0 && process.env.CI === 'true') throw new Error(missing.join('\n'));
  return () => {
    for (const line of missing) process.stdout.write(`\n${line}\n`);
  };
}
