import type { GraphError, Upstream } from 'hr-graph/client';
import type { ComponentChildren } from 'preact';
import { nameOf } from '../grades/written-names.ts';
import type { Errors } from '../graph/gaps.ts';
import { upstreamNames } from '../graph/upstreams.ts';
import { Known } from '../parts/known.tsx';
import { Link } from '../routing/link.tsx';
import type { Person } from './person-query.ts';

const day = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' });

/** What the systems hold of somebody, each with the system that owns it. */
export function Facts({ person, errors }: { person: Person; errors: Errors }) {
  const { grade, position, profession, jobQualification: qualification, hiredOn, employeeNumber } = person;
  const errorAt = (field: keyof Person) => errors.get(`employee.${field}`);
  return (
    <section class="card padded" aria-labelledby="facts">
      <h2 id="facts">In the company</h2>
      <dl class="facts">
        <Fact error={errorAt('grade')} label="Grade" from={['NAVER']}>
          {grade && <Link href={`/?grade=${encodeURIComponent(grade.externalKey)}`}>{nameOf(grade)}</Link>}
        </Fact>
        <Fact error={errorAt('position')} label="Position" from={['NAVER']}>
          {position?.name}
        </Fact>
        <Fact error={errorAt('profession')} label="Profession" from={['LUCCA']}>
          {profession?.title}
        </Fact>
        <Fact error={errorAt('jobQualification')} label="Qualification" from={['LUCCA']}>
          {qualification && `${qualification.title}, rank ${qualification.rank}`}
        </Fact>
        <Fact
          error={errorAt('hiredOn')}
          label="Hired"
          from={person.inNaver?.length === 0 ? ['LUCCA'] : ['NAVER', 'LUCCA']}
        >
          {hiredOn && day.format(new Date(hiredOn))}
        </Fact>
        <Fact error={errorAt('employeeNumber')} label="Employee number" from={['LUCCA']}>
          {employeeNumber}
        </Fact>
      </dl>
    </section>
  );
}

/** `from`: the system that owns it, and the one that stands in where that one has nothing. */
type FactProps = {
  error: GraphError | undefined;
  label: string;
  from: readonly Upstream[];
  children: ComponentChildren;
};

const Fact = ({ error, label, from, children }: FactProps) => (
  <div class="fact">
    <dt>{label}</dt>
    <dd>
      <Known error={error}>{children}</Known>
    </dd>
    <dd class={`system ${from[0]}`}>
      <span class="hidden">from </span>
      {from.map((it) => upstreamNames[it]).join(', else ')}
    </dd>
  </div>
);
