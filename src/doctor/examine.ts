import { UpstreamError } from '../errors.ts';
import { type Check, type Finding, Obstacle, type Result, trouble, unchecked } from './finding.ts';
import type { Journal } from './journal.ts';

/** Where the vendor is asked, for advice: the variable that names the address. */
export type Examined = { journal: Journal; addressVariable: string };

/**
 * Runs the checks one after the other. What a step throws is the finding of the first check that needs the step; later
 * ones that need it are not checked.
 */
export async function examine<Account extends Examined>(
  checks: readonly Check<Account>[],
  account: Account,
): Promise<Result[]> {
  const told = new Map<unknown, string>();
  const results: Result[] = [];
  for (const { id, upstream, title, run } of checks) {
    const finding = await Promise.resolve()
      .then(() => run(account))
      .catch((error: unknown) => {
        const earlier = told.get(error);
        told.set(error, earlier ?? title);
        return earlier === undefined ? findingOf(error, account) : unchecked(`needs what failed under ${earlier}`);
      });
    results.push({ id, upstream, title, ...finding });
  }
  return results;
}

function findingOf(error: unknown, account: Examined): Finding {
  if (error instanceof Obstacle) return trouble(error.message, error.advice);
  if (error instanceof UpstreamError) return trouble(error.message, adviceOn(error, account));
  throw error;
}

/** Messages of upstreams name what to do where that is known. What more there is to say depends on the answer's form. */
function adviceOn({ code }: UpstreamError, { journal, addressVariable }: Examined): string | undefined {
  const isPage = journal.last?.headers.get('content-type')?.includes('html') === true;
  if (isPage) {
    return `A web page came in the place of data. Check ${addressVariable}, and that no sign-in or proxy page is in between.`;
  }
  switch (code) {
    case 'UPSTREAM_INVALID_RESPONSE':
      return `Check that ${addressVariable} is the API's own address; else report this with --json.`;
    case 'UPSTREAM_RATE_LIMITED':
      return 'Other integrations may draw on the same allowance. Wait for its window to pass, then run this again.';
    case 'UPSTREAM_TIMEOUT':
    case 'UPSTREAM_UNAVAILABLE':
      return "Run this again in a few minutes; if it lasts, see the network and the vendor's status page.";
    default:
      return undefined;
  }
}
