import { useCallback } from 'preact/hooks';
import { gapsIn } from '../graph/gaps.ts';
import { useQuery } from '../graph/queries.ts';
import { rowsOf } from '../graph/rows.ts';
import { troubleOf } from '../graph/sentences.ts';
import { Age } from '../parts/age.tsx';
import { Failure, Gaps, Nothing } from '../parts/notices.tsx';
import { Skeleton } from '../parts/skeleton.tsx';
import { useArrival } from '../routing/arrival.ts';
import { GradeRow } from './grade-row.tsx';
import { gradesQueries } from './grades-query.ts';
import { NewGrade } from './new-grade.tsx';
import { pendingGrade } from './pending-grade.ts';

const fields = { employees: 'who has them', totalCount: 'how many have them' };

/** The grades in their order, to be renamed in place. NAVER WORKPLACE owns them: without it there is nothing to show. */
export function GradesPage() {
  const query = useQuery(gradesQueries, null);
  const { answers, failure } = query.result.value;
  const retry = useCallback(() => void query.load(), [query]);
  const heading = useArrival('Grades', answers.length > 0 || failure !== null);
  const grades = rowsOf(answers, 'grades', (data) => data.grades?.nodes);
  const highest = Math.max(0, ...grades.map((it) => it.node.sortOrder ?? 0));
  const pending = pendingGrade.value;
  const isBehind = (place: number | null) => pending !== null && (place ?? 0) > pending.sortOrder;
  const at = grades.findIndex((it) => isBehind(it.node.sortOrder));
  const rows = grades.map((it) => <GradeRow key={it.node.id} {...it} />);
  if (pending !== null) {
    rows.splice(
      at === -1 ? rows.length : at,
      0,
      <li key="pending" class="grade-row pending">
        <div class="who">
          <h2>{pending.name}</h2>
          <span class="quiet">
            <code>{pending.externalKey}</code> · Saving…
          </span>
        </div>
      </li>,
    );
  }
  return (
    <>
      <div class="title">
        <h1 ref={heading} tabIndex={-1}>
          Grades
        </h1>
        <p class="quiet">Held by NAVER WORKPLACE, from the lowest to the highest</p>
      </div>
      <Age answers={answers} />
      <Gaps gaps={gapsIn(answers, fields)} retry={retry} />
      {answers.length === 0 && failure === null && <Skeleton label="The grades are being read." />}
      {failure !== null && <Failure title="The grades cannot be shown" trouble={troubleOf(failure)} retry={retry} />}
      {answers.length > 0 && (
        <div class="grades-layout">
          {rows.length === 0 ? <Nothing title="There is no grade yet" /> : <ul class="grades card">{rows}</ul>}
          <NewGrade nextPlace={highest + 10} />
        </div>
      )}
    </>
  );
}
