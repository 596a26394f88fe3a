import { createCompany } from '../../../src/sandbox/company/company.ts';
import { isTaken } from '../../helpers/truth.ts';
import type { Emulators } from '../emulators/emulators.ts';
import type { Options } from '../options.ts';
import type { Peer } from '../peers/peer.ts';
import type { Samples } from '../report/samples.ts';

/** What every scenario is given. */
export type Bench = {
  emulators: Emulators;
  peers: readonly Peer[];
  options: Options;
  samples: Samples;
  /** Tells how far it is. */
  say(line: string): void;
};

/** Of the company that all of the documents's figures are about. */
export const peopleInCompany = 200;
/** So many that Lucca knows 200 different addresses. */
export const peopleForQ03 = 280;
export const latencies = [0, 50] as const;
export const connections = 16;

/** The addresses of so many different people, as Lucca spells them; addresses that two people share are left out. */
export function emailsOf(people: number, count: number): string[] {
  const company = createCompany({ people });
  const emails = company.lucca.employees.flatMap(({ email }) => email ?? []);
  return emails.filter((it) => !isTaken(company, it)).slice(0, count);
}
