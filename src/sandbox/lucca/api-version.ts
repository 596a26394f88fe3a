import { isCalendarDate } from './dates.ts';
import { invalid } from './problems.ts';

/** The only version. Every response of the API has it. */
export const servedVersion = '2024-11-01';

/**
 * Accepts an Api-Version that leads to the served version: Lucca uses the closest version before the given date (Lucca,
 * Versioning). Lucca does not document its response to a missing, malformed or earlier date: 400 is assumed.
 */
export function requireApiVersion(header: string | string[] | undefined): void {
  if (typeof header !== 'string') throw invalid('Api-Version', 'The Api-Version header is required.');
  if (!isCalendarDate(header)) throw invalid('Api-Version', 'Api-Version must be a date such as 2024-11-01.');
  if (header < servedVersion) throw invalid('Api-Version', `No version is as old as ${header}.`);
}
