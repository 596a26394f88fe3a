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
 * Whether anything grows: all assignments of so many people are walked page by page, twice, under npm start's own flags.
 * The emulated vendors run in this process, the server in one of its own. Linux only. Ends with code 1 above the limit, or
 * where the second walk takes more than the first.
 */
const people = Number(process.argv[2] ?? 20_000);
const limitMb = 320;
/** What a garbage collector leaves lying from one moment to the next. */
const noiseMb = 15;

const document = `query ($after: String) {
  jobRoleAssignments(first: 50, after: $after) {
    nodes { employee { displayName } }
    pageInfo { hasNextPage endCursor }
  }
}`;
const page = z.object({
  jobRoleAssignments: z
    .object({
      nodes: z.array(z.object({ employee: z.object({ displayName: z.string() }).nullable() })),
      pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
    })
    .nullable(),
});

const sandbox = await startSandbox({ company: createCompany({ people }), luccaRateLimit: null });
const { args, env } = npmStart();
const server = spawn(process.execPath, args, {
  cwd: mkdtempSync(join(tmpdir(), 'hr-graph-bench-')),
  env: {
    ...process.env,
    ...env,
    ...sandbox.env,
    PORT: '0',
    LOG_LEVEL: 'warn',
    CACHE_FRESH_SECONDS: '120',
    LUCCA_RATE_LIMIT: '1000000/1',
  },
  stdio: ['ignore', 'pipe', 'inherit'],
});

try {
  const url = await addressOf(server);
  const first = await walk(url, 1);
  const second = await walk(url, 2);
  const { peak } = memoryOf(server);
  process.stdout.write(
    `${people} people: ${first} MB after the first walk, ${second} MB after the second, at most ${peak} MB\n`,
  );
  if (peak > limitMb || second > first + noiseMb) process.exitCode = 1;
} finally {
  server.kill();
  await sandbox.close();
}

/** Resident memory, in megabytes, when all pages have been read. */
async function walk(url: string, number: number): Promise<number> {
  let pages = 0;
  for (let after: string | null = null; ; ) {
    const { jobRoleAssignments } = await ask(url, { after });
    if (jobRoleAssignments === null) {
      await delay(1_000);
      continue;
    }
    pages += 1;
    const { now, peak } = memoryOf(server);
    if (pages % 100 === 0) process.stdout.write(`walk ${number}, page ${pages}: ${now} MB (at most ${peak} MB)\n`);
    after = jobRoleAssignments.pageInfo.endCursor;
    if (!jobRoleAssignments.pageInfo.hasNextPage) return now;
  }
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

async function ask(url: string, variables: object) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: document, variables }),
  });
  return page.parse(z.object({ data: z.unknown() }).parse(await response.json()).data);
}
