import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { type Job, type Load, loadShape } from './job.ts';

/** Puts a server under load from a process of its own. */
export async function generate(job: Job): Promise<Load> {
  const generator = spawn(process.execPath, [fileURLToPath(new URL('generator.ts', import.meta.url))], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  generator.stdin.end(JSON.stringify(job));
  return loadShape.parse(JSON.parse(await text(generator.stdout)));
}
