import type { Upstream } from 'hr-graph/client';
import type { Row } from '../graph/rows.ts';
import { upstreamNames, upstreams } from '../graph/upstreams.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Known } from '../parts/known.tsx';
import { Link } from '../routing/link.tsx';
import type { UnmatchedPerson } from './unmatched-query.ts';

type Props = Row<UnmatchedPerson> & { configured: ReadonlySet<Upstream> };

export function UnmatchedRow({ node: person, errors, path, configured }: Props) {
  return (
    <li class="unmatched-row">
      <Avatar id={person.id} name={person.displayName} />
      <div class="who">
        <Link id={`person-${person.id}`} href={`/people/${person.id}`}>
          {person.displayName}
        </Link>
        <span class="quiet">{person.jobTitle ?? person.email}</span>
      </div>
      <Known error={errors.get(`${path}.identities`)}>
        <ul class="presence" aria-label={`${person.displayName} in each system`}>
          {upstreams
            .filter((it) => configured.has(it))
            .map((upstream) => (
              <Presence key={upstream} upstream={upstream} person={person} />
            ))}
        </ul>
      </Known>
    </li>
  );
}

function Presence({ upstream, person }: { upstream: Upstream; person: UnmatchedPerson }) {
  const isKnown = person.identities?.some((it) => it.upstream === upstream);
  const conflicts = person.identityConflicts?.flatMap((it) => it.records) ?? null;
  const isContested = conflicts?.some((it) => it.upstream === upstream);
  // Where conflicts could not be read, "missing" would be a guess.
  const state = isKnown ? 'known' : conflicts === null ? 'unlinked' : isContested ? 'contested' : 'missing';
  return (
    <li class={`${state} ${upstream}`}>
      {upstreamNames[upstream]} <span class={state === 'known' ? 'hidden' : 'state'}>{state}</span>
    </li>
  );
}
