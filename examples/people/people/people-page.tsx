import { useCallback, useEffect, useRef } from 'preact/hooks';
import { caveatsOf } from '../graph/caveats.ts';
import { gapsIn } from '../graph/gaps.ts';
import { useQuery } from '../graph/queries.ts';
import { rowsOf } from '../graph/rows.ts';
import { troubleOf } from '../graph/sentences.ts';
import { Age } from '../parts/age.tsx';
import { announce } from '../parts/announcer.tsx';
import { More } from '../parts/more.tsx';
import { Failure, Gaps, Nothing } from '../parts/notices.tsx';
import { Skeleton } from '../parts/skeleton.tsx';
import { useArrival } from '../routing/arrival.ts';
import { go, keep, place } from '../routing/place.ts';
import { Chips } from './chips.tsx';
import { choicesIn, choicesQueries } from './choices-query.ts';
import { Filters } from './filters.tsx';
import { peopleQueries } from './people-query.ts';
import { PersonRow } from './person-row.tsx';
import { addressOf, everybody, filterOf, type Wanted, wantedIn } from './wanted.ts';

const fields = {
  grade: 'grades',
  position: 'positions',
  jobRoleAssignments: 'job roles',
  status: 'statuses',
  totalCount: 'how many there are',
};

export function PeoplePage() {
  const { query: address, left } = place.value;
  const wanted = wantedIn(address);
  const choices = choicesIn(useQuery(choicesQueries, null).result.value);
  const query = useQuery(peopleQueries, { filter: filterOf(wanted), orderBy: wanted.order }, left.rows);
  const { answers, failure, isLoading } = query.result.value;
  const retry = useCallback(() => void query.load(), [query]);
  const more = useCallback(() => query.more(), [query]);
  const isTyping = useRef(false);
  const isKnown = answers.length > 0 || failure !== null;
  const heading = useArrival('People', isKnown && (query.rows >= left.rows || !isLoading));

  const people = rowsOf(answers, 'employees', ({ employees }) => employees?.nodes);
  const total = answers.at(-1)?.data.employees?.totalCount ?? null;
  const count = answers.length === 0 ? '' : countOf(people.length, total);
  useEffect(() => announce(count), [count]);
  useEffect(() => {
    if (query.rows > 0) keep({ rows: query.rows });
  }, [query, query.rows]);

  const change = (next: Wanted, { whileTyping } = { whileTyping: false }) => {
    go(addressOf(next), { replace: whileTyping && isTyping.current });
    isTyping.current = whileTyping;
  };
  return (
    <>
      <div class="title">
        <h1 ref={heading} tabIndex={-1}>
          People
        </h1>
        <p class="quiet">{count}</p>
      </div>
      <Filters wanted={wanted} choices={choices} onChange={change} />
      <Chips wanted={wanted} choices={choices} onChange={change} />
      <Age answers={answers} />
      <Gaps gaps={gapsIn(answers, fields)} retry={retry} />
      {!isKnown && <Skeleton label="The people are being read." />}
      {answers.length === 0 && failure !== null && (
        <Failure title="The people cannot be shown" trouble={troubleOf(failure)} retry={retry} />
      )}
      {answers.length > 0 && people.length === 0 && (
        <Nothing title="Nobody fits">
          <p>{['Nobody meets all of these conditions.', ...caveatsOf(answers)].join(' ')}</p>
          <button type="button" onClick={() => change({ ...everybody, order: wanted.order })}>
            Show everybody
          </button>
        </Nothing>
      )}
      {people.length > 0 && (
        <div class="card">
          <div class="columns" aria-hidden="true">
            <span>Name</span>
            <span>Grade</span>
            <span>Position</span>
            <span>Job roles</span>
            <span>Status</span>
          </div>
          <ul class="people" aria-label="People" aria-busy={isLoading}>
            {people.map((it) => (
              <PersonRow key={it.node.id} {...it} />
            ))}
          </ul>
        </div>
      )}
      <More
        hasMore={typeof query.end === 'string'}
        isLoading={isLoading}
        failure={failure}
        more={more}
        rows={people.length}
        list="ul.people"
      />
    </>
  );
}

function countOf(shown: number, total: number | null): string {
  if (total === null) return `${shown} shown`;
  const all = `${total} ${total === 1 ? 'person' : 'people'}`;
  return shown < total ? `${shown} of ${all}` : all;
}
