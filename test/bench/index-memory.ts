import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { createCompany } from '../../src/sandbox/company/company.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { npmStart } from './peers/npm-start.ts';

/**
 * What the server's process takes of memory at so many people. The emulated vendors run in this process, the server in
 * one of its own, as npm start runs it; flags that follow the number overrule that. Linux only. Ends with code 1 above
 * the limit.
 */
const people = Number(process.argv[2] ?? 20_000);
const flags = process.argv.slice(3);
const limitMb = 200;
const operations = 5;

const sandbox = await startSandbox({ company: createCompany({ people }), luccaRateLimit: null });
const { args, env } = npmStart();
const server = spawn(process.execPath, [...args.slice(0, -1), ...flags, ...args.slice(-1)], {
  cwd: mkdtempSync(join(tmpdir(), 'hr-graph-bench-')),
  env: {
    ...process.env,
    ...env,
    ...sandbox.env,
    PORT: '0',
    LOG_LEVEL: 'warn',
    LUCCA_RATE_LIMIT: '1000000/1',
  },
  stdio: ['ignore', 'pipe', 'inherit'],
});

try {
  const url = await addressOf(server);
  tell('at the start');
  const document = `query ($after: String) {
    unlinkedPeople(first: 100, after: $after) {
      nodes { id displayName email identities { upstream upstreamId } identityConflicts { matchedBy } }
      pageInfo { endCursor }
      totalCount
    }
  }`;
  for (let [number, after]: [number, string | null] = [1, null]; number <= operations; ) {
    const startedAt = performance.now();
    const { unlinkedPeople } = await ask(url, document, { after });
    const milliseconds = Math.round(performance.now() - startedAt);
    if (unlinkedPeople === null) {
      tell(`while the directories are read, after ${milliseconds} ms`);
      await delay(2_000);
      continue;
    }
    tell(`after page ${number} of unlinkedPeople, ${unlinkedPeople.totalCount} in all, in ${milliseconds} ms`);
    after = unlinkedPeople.pageInfo.endCursor;
    number += 1;
  }
  if (memoryOf(server).peak > limitMb) process.exitCode = 1;
} finally {
  server.kill();
  await sandbox.close();
}

function tell(moment: string): void {
  const { now, peak } = memoryOf(server);
  process.stdout.write(`${now} MB resident (at most ${peak} MB) ${moment}\n`);
}

/** Resident memory, as the kernel counts it. */
function memoryOf({ pid }: ChildProcess): { now: number; peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const megabytes = (name: string) => Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024);
  return { now: megabytes('VmRSS'), peak: megabytes('VmHWM') };
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const found = /http:\/\/\S+\/graphql/.exec(text)?.[0];
      if (found !== undefined) resolve(found);
    });
    child.once('close', (code) => reject(new Error(`The server ended with ${code}.`)));
  });
}

async function ask(url: string, query: string, variables: object) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const page = z.object({ pageInfo: z.object({ endCursor: z.string().nullable() }), totalCount: z.number() });
  return z
    .object({ unlinkedPeople: page.nullable() })
    .parse(z.object({ data: z.unknown() }).parse(await response.json()).data);
}
