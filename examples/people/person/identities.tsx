import type { IdentityMatch, Upstream } from 'hr-graph/client';
import type { Errors } from '../graph/gaps.ts';
import { sentenceOf } from '../graph/sentences.ts';
import { upstreamNames, upstreams } from '../graph/upstreams.ts';
import type { Person } from './person-query.ts';

/** Why a record is believed to be somebody's: the rule that linked it. */
const reasons: Record<IdentityMatch, string> = {
  SOURCE: 'It is the record that leads: the others are compared with it.',
  MAPPING_FILE: 'Linked by hand, in the mapping file.',
  EMAIL: 'Both records have the same e-mail address.',
  REMOTE_ID: 'Lucca’s remote id is NAVER WORKPLACE’s key.',
  EMPLOYEE_NUMBER: 'Both records have the same employee number.',
};

const claims: Record<IdentityMatch, string> = {
  SOURCE: 'the same key',
  MAPPING_FILE: 'the same row of the mapping file',
  EMAIL: 'the same e-mail address',
  REMOTE_ID: 'the same remote id',
  EMPLOYEE_NUMBER: 'the same employee number',
};

const aliases = { LUCCA: 'inLucca', NAVER: 'inNaver', CTRL_HUB: 'inCtrlHub' } as const satisfies Record<
  Upstream,
  string
>;

const list = new Intl.ListFormat('en');

const claimantsIn = (records: NonNullable<Person['identityConflicts']>[number]['records']): string =>
  list.format(records.map((it) => `${upstreamNames[it.upstream]} ${it.upstreamId}`));

type Props = { person: Person; errors: Errors; upstreams: readonly { upstream: Upstream; isConfigured: boolean }[] };

export function Identities({ person, errors, upstreams: states }: Props) {
  return (
    <section class="card padded wide" aria-labelledby="identities">
      <h2 id="identities">One person, three systems</h2>
      <ul class="identities">
        {upstreams.map((upstream) => (
          <li key={upstream} class="identity">
            <h3 class={`system ${upstream}`}>{upstreamNames[upstream]}</h3>
            <Identity
              upstream={upstream}
              person={person}
              errors={errors}
              isConfigured={states.some((it) => it.upstream === upstream && it.isConfigured)}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

type IdentityProps = { upstream: Upstream; person: Person; errors: Errors; isConfigured: boolean };

/** In this order: what is not known comes before what is not there. */
function Identity({ upstream, person, errors, isConfigured }: IdentityProps) {
  const error = errors.get(`employee.${aliases[upstream]}`);
  if (!isConfigured) return <p class="quiet">It is not connected here.</p>;
  if (error !== undefined) return <p class="unknown">Unknown. {sentenceOf(error)}</p>;
  const [identity] = person[aliases[upstream]] ?? [];
  if (identity !== undefined) {
    return (
      <>
        <code>{identity.upstreamId}</code>
        <p>
          <span class="rule">{identity.matchedBy}</span> {reasons[identity.matchedBy]}
        </p>
      </>
    );
  }
  const contested = person.identityConflicts?.filter((it) => it.records.some((record) => record.upstream === upstream));
  if (contested === undefined) return <p class="unknown">No record is linked. Whether one is contested is unknown.</p>;
  if (contested.length === 0) return <p class="quiet">It has no record of this person.</p>;
  return (
    <>
      {contested.map(({ matchedBy, records }) => (
        <p key={matchedBy} class="contested">
          Contested, so none is linked: {claimantsIn(records)} have {claims[matchedBy]}. A row of the mapping file
          decides it.
        </p>
      ))}
    </>
  );
}
