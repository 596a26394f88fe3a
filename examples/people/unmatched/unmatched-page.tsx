import { useCallback, useEffect } from 'preact/hooks';
import { caveatsOf } from '../graph/caveats.ts';
import { gapsIn } from '../graph/gaps.ts';
import { useQuery } from '../graph/queries.ts';
import { rowsOf } from '../graph/rows.ts';
import { troubleOf } from '../graph/sentences.ts';
import { upstreamNames, upstreams } from '../graph/upstreams.ts';
import { Age } from '../parts/age.tsx';
import { announce } from '../parts/announcer.tsx';
import { More } from '../parts/more.tsx';
import { Failure, Gaps, Nothing } from '../parts/notices.tsx';
import { Skeleton } from '../parts/skeleton.tsx';
import { useArrival } from '../routing/arrival.ts';
import { Link } from '../routing/link.tsx';
import { keep, place } from '../routing/place.ts';
import { unmatchedQueries } from './unmatched-query.ts';
import { UnmatchedRow } from './unmatched-row.tsx';

const fields = { identities: 'where people are known', identityConflicts: 'contested records' };

/** The work list of whoever keeps the systems in step. */
export function UnmatchedPage() {
  const { query: address, left } = place.value;
  const missingFrom = upstreams.find((it) => it === new URLSearchParams(address).get('missingFrom')) ?? null;
  const query = useQuery(unmatchedQueries, missingFrom, left.rows);
  const { answers, failure, isLoading } = query.result.value;
  const retry = useCallback(() => void query.load(), [query]);
  const more = useCallback(() => query.more(), [query]);
  const isKnown = answers.length > 0 || failure !== null;
  const heading = useArrival('Unmatched people', isKnown && (query.rows >= left.rows || !isLoading));
  const people = rowsOf(answers, 'unlinkedPeople', ({ unlinkedPeople }) => unlinkedPeople?.nodes);
  const states = answers.at(-1)?.data.upstreams ?? [];
  const configured = new Set(states.flatMap((it) => (it.isConfigured ? it.upstream : [])));
  const total = answers.at(-1)?.data.unlinkedPeople?.totalCount;
  const count = answers.length === 0 ? '' : `${people.length} of ${total ?? 'an unknown number of'} people`;
  useEffect(() => announce(count), [count]);
  useEffect(() => {
    if (query.rows > 0) keep({ rows: query.rows });
  }, [query, query.rows]);
  return (
    <>
      <div class="title">
        <h1 ref={heading} tabIndex={-1}>
          Unmatched people
        </h1>
        <p class="quiet">{count}</p>
      </div>
      <p class="lead">
        Known to some systems and not to others. A row of the mapping file, or the same address in both, links them.
      </p>
      <nav class="tabs" aria-label="Missing from">
        {[null, ...upstreams].map((upstream) => (
          <Link
            key={upstream}
            href={upstream === null ? '/unmatched' : `/unmatched?missingFrom=${upstream}`}
            aria-current={upstream === missingFrom ? 'true' : undefined}
          >
            {upstream === null ? 'All' : `Not in ${upstreamNames[upstream]}`}
          </Link>
        ))}
      </nav>
      <Age answers={answers} />
      <Gaps gaps={gapsIn(answers, fields)} retry={retry} />
      {!isKnown && <Skeleton label="The people are being read." />}
      {answers.length === 0 && failure !== null && (
        <Failure title="The unmatched people cannot be shown" trouble={troubleOf(failure)} retry={retry} />
      )}
      {answers.length > 0 && people.length === 0 && (
        <Nothing title="Everybody is matched">
          <p>
            {[
              `${missingFrom === null ? 'Each system' : upstreamNames[missingFrom]} knows everybody whom the others know.`,
              ...caveatsOf(answers),
            ].join(' ')}
          </p>
        </Nothing>
      )}
      {people.length > 0 && (
        <ul class="people card" aria-label="Unmatched people" aria-busy={isLoading}>
          {people.map((it) => (
            <UnmatchedRow key={it.node.id} {...it} configured={configured} />
          ))}
        </ul>
      )}
      <More
        hasMore={typeof query.end === 'string'}
        isLoading={isLoading}
        failure={failure}
        more={more}
        list="ul.people"
        rows={people.length}
      />
    </>
  );
}
