import { UpstreamError } from '../errors.ts';
import { type Check, type Finding, Obstacle, type Result, trouble, unchecked } from './finding.ts';
import type { Journal } from './journal.ts';

/** For advice: the journal of responses, and the variable with the vendor's address. */
export type Examined = { journal: Journal; addressVariable: string };

/**
 * Runs the checks one after the other. If a step throws, the first check that needs the step reports the error, and later
 * checks that need the step are unchecked.
 */
export async function examine<Account extends Examined>(
  checks: readonly Check<Account>[],
  account: Account,
): Promise<Result[]> {
  const failedUnder = new Map<unknown, string>();
  const results: Result[] = [];
  for (const { id, upstream, title, run } of checks) {
    const finding = await Promise.resolve()
      .then(() => run(account))
      .catch((error: unknown) => {
        const earlier = failedUnder.get(error);
        failedUnder.set(error, earlier ?? title);
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

/** Upstream errors already name a remedy if it is known. This adds advice that depends on the form of the response. */
function adviceOn({ code }: UpstreamError, { journal, addressVariable }: Examined): string | undefined {
  const isPage = journal.last?.headers.get('content-type')?.includes('html') === true;
  if (isPage) {
    return `The response is a web page. Check ${addressVariable}, and that no sign-in page or proxy is in between.`;
  }
  switch (code) {
    case 'UPSTREAM_INVALID_RESPONSE':
      return `Check that ${addressVariable} is the API's own address; else report this with --json.`;
    case 'UPSTREAM_RATE_LIMITED':
      return 'Other integrations may use the same rate limit. Wait until its window has passed, then run the doctor again.';
    case 'UPSTREAM_TIMEOUT':
    case 'UPSTREAM_UNAVAILABLE':
      return "Run the doctor again in a few minutes. If it lasts, check the network and the vendor's status page.";
    default:
      return undefined;
  }
}
