import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { createCompany } from '../../src/sandbox/company/company.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { startServerProcess } from './server-process.ts';

/**
 * What the server's process takes of memory at so many people, with everybody linked and all assignments read. The
 * emulated vendors run in this process, the server in one of its own; flags that follow the number overrule its own. Ends
 * with code 1 above the limit.
 */
const people = Number(process.argv[2] ?? 20_000);
const limitMb = 320;
const operations = 5;

const document = `query ($after: String) {
  unlinkedPeople(first: 100, after: $after) {
    nodes { id displayName email identities { upstream upstreamId } identityConflicts { matchedBy } }
    pageInfo { endCursor }
    totalCount
  }
}`;
const shape = z.object({
  unlinkedPeople: z
    .object({ pageInfo: z.object({ endCursor: z.string().nullable() }), totalCount: z.number() })
    .nullable(),
});

const sandbox = await startSandbox({ company: createCompany({ people }), luccaRateLimit: null });
const variables = { ...sandbox.env, LUCCA_RATE_LIMIT: '1000000/1' };
const server = await startServerProcess(variables, process.argv.slice(3));
try {
  tell('at the start');
  for (let [number, after]: [number, string | null] = [1, null]; number <= operations; ) {
    const startedAt = performance.now();
    const { unlinkedPeople } = shape.parse(await server.ask(document, { after }));
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
  if (server.memory().peak > limitMb) process.exitCode = 1;
} finally {
  server.stop();
  await sandbox.close();
}

function tell(moment: string): void {
  const { now, peak } = server.memory();
  process.stdout.write(`${now} MB resident (at most ${peak} MB) ${moment}\n`);
}
