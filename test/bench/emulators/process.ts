import { createCompany } from '../../../src/sandbox/company/company.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/sandbox.ts';
import { commandShape } from './commands.ts';
import { tallyOf } from './tally.ts';

/**
 * The emulated vendors in a process of their own, told what to do over the channel to their parent. All peers meet the
 * same ones; with Lucca's allowance on they are started afresh for each peer, so that nobody pays another's debts.
 */
let sandbox: Sandbox | null = null;

process.on('message', (message) => {
  void obey(message).then((answer) => process.send?.(answer));
});
process.once('disconnect', () => void sandbox?.close());

async function obey(message: unknown): Promise<object> {
  const command = commandShape.parse(message);
  if (command.do === 'start') {
    await sandbox?.close();
    sandbox = await startSandbox({
      company: createCompany({ people: command.people }),
      luccaRateLimit: command.hasAllowance ? { count: 50, seconds: 60 } : null,
    });
    return sandbox.env;
  }
  if (sandbox === null) throw new Error('Start the emulators first.');
  const vendors = [sandbox.lucca, sandbox.ctrlHub, sandbox.naver];
  if (command.do === 'delay') for (const it of vendors) it.latencyMs = command.latencyMs;
  if (command.do === 'change') changeRows(sandbox, command.rows);
  const tally = tallyOf(sandbox);
  if (command.do === 'count') for (const it of vendors) it.requests.length = 0;
  return tally;
}

let changes = 0;

/** Spread over the whole lists: nearly every page changes. */
function changeRows({ company: { lucca, naver, ctrlHub } }: Sandbox, count: number): void {
  changes += 1;
  const some = <Row>(rows: readonly Row[]): Row[] => {
    const step = Math.max(1, Math.floor(rows.length / count));
    return rows.filter((_, index) => index % step === changes % step);
  };
  for (const row of some(lucca.employees)) row.givenName = `Changed ${changes}`;
  for (const row of some(naver.employees)) row.name = `Changed ${changes}`;
  for (const row of some(ctrlHub.users)) row.firstName = `Changed ${changes}`;
}
