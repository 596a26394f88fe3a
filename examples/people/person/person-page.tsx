import { useCallback, useEffect } from 'preact/hooks';
import { errorsOf, gapsIn } from '../graph/gaps.ts';
import { useQuery } from '../graph/queries.ts';
import { troubleOf } from '../graph/sentences.ts';
import { Age } from '../parts/age.tsx';
import { announce } from '../parts/announcer.tsx';
import { Avatar } from '../parts/avatar.tsx';
import { Failure, Gaps, Nothing } from '../parts/notices.tsx';
import { Skeleton } from '../parts/skeleton.tsx';
import { Status } from '../parts/status.tsx';
import { useArrival } from '../routing/arrival.ts';
import { Link } from '../routing/link.tsx';
import { Facts } from './facts.tsx';
import { Identities } from './identities.tsx';
import { JobRoles } from './job-roles.tsx';
import { personQueries } from './person-query.ts';

const fields = {
  grade: 'the grade',
  position: 'the position',
  jobQualification: 'the qualification',
  profession: 'the profession',
  hiredOn: 'the hire date',
  jobRoleAssignments: 'the job roles',
  inLucca: 'the record in Lucca',
  inNaver: 'the record in NAVER WORKPLACE',
  inCtrlHub: 'the record in Ctrl Hub',
  identityConflicts: 'contested records',
};

export function PersonPage({ id }: { id: string }) {
  const query = useQuery(personQueries, id);
  const { answers, failure } = query.result.value;
  const [answer] = answers;
  const person = answer?.data.employee;
  const retry = useCallback(() => void query.load(), [query]);
  const name = person?.displayName ?? (answer === undefined ? 'A person' : 'Nobody');
  const heading = useArrival(name, answer !== undefined || failure !== null);
  useEffect(() => announce(answer === undefined ? '' : `${name} is shown.`), [name, answer === undefined]);
  return (
    <>
      <p class="back">
        <Link href="/">All people</Link>
      </p>
      <div class="person-head">
        {person && <Avatar id={person.id} name={person.displayName} size="large" />}
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {name}
          </h1>
          {person && (
            <p class="quiet">
              {person.jobTitle}
              {person.status && <Status of={person.status} />}
            </p>
          )}
          {person?.email && <a href={`mailto:${person.email}`}>{person.email}</a>}
        </div>
      </div>
      <Age answers={answers} />
      <Gaps gaps={gapsIn(answers, fields)} retry={retry} />
      {answer === undefined && failure === null && <Skeleton label="The person is being read." rows={5} />}
      {failure !== null && <Failure title="This person cannot be shown" trouble={troubleOf(failure)} retry={retry} />}
      {person === null && (
        <Nothing title="There is nobody here">
          <p>Whoever had this address is in none of the systems any longer.</p>
        </Nothing>
      )}
      {person && answer && (
        <div class="person">
          <Facts person={person} errors={errorsOf(answer)} />
          <JobRoles person={person} error={errorsOf(answer).get('employee.jobRoleAssignments')} />
          <Identities person={person} errors={errorsOf(answer)} upstreams={answer.data.upstreams} />
        </div>
      )}
    </>
  );
}
