import type { PersonRecordsFragment, UnlinkedRecordsQuery } from '../client/client.ts';
import { type Upstream, upstreams } from '../domain/upstream.ts';
import { columnOf, type NumberedRow } from '../identity/mapping-file.ts';

type Identity = NonNullable<PersonRecordsFragment['identities']>[number];
type MissingLink = NonNullable<UnlinkedPerson['missingLinks']>[number];
type UnlinkedPerson = NonNullable<UnlinkedRecordsQuery['unlinkedPeople']>['nodes'][number];

/** A person with the records that each system has of them, and why others have none. */
export type StewardPerson = PersonRecordsFragment & Partial<Pick<UnlinkedPerson, 'missingLinks'>>;

/** A record of somebody. `mappingKey`: null for one that no row can name. */
export type KnownRecord = {
  readonly upstream: Upstream;
  readonly mappingKey: string | null;
  readonly upstreamId: string;
  readonly personId: string;
  readonly matchedBy: Identity['matchedBy'];
};

/** A cell of a row. */
export type NamedRecord = { readonly upstream: Upstream; readonly mappingKey: string };

/** The cells of a row, in lead order. */
export const namedIn = ({ row }: NumberedRow): NamedRecord[] =>
  upstreams.flatMap((upstream) => (row[upstream] === undefined ? [] : [{ upstream, mappingKey: row[upstream] }]));

/** For the steward's eyes, such as `naver emp-00982`. */
export const labelOf = ({ upstream, mappingKey, upstreamId }: KnownRecord): string =>
  `${columnOf(upstream)} ${mappingKey ?? upstreamId}`;

/** Whether a rule other than the mapping file links the record to the person. */
export const isByRule = ({ matchedBy }: KnownRecord): boolean => matchedBy !== 'SOURCE' && matchedBy !== 'MAPPING_FILE';

/** A person who has no record somewhere because those that match by the rule are linked to somebody else. */
export type LinkedElsewhere = Pick<MissingLink, 'candidates'> & {
  readonly personId: string;
  readonly rule: Exclude<MissingLink['rule'], null | undefined>;
};

/** All records of all people. */
export class KnownRecords {
  readonly linkedElsewhere: readonly LinkedElsewhere[];
  readonly #byKey = new Map<Upstream, Map<string, KnownRecord>>(upstreams.map((upstream) => [upstream, new Map()]));
  readonly #byUpstreamId = new Map<string, KnownRecord>();
  readonly #byPerson = new Map<string, readonly KnownRecord[]>();

  constructor(people: readonly StewardPerson[]) {
    this.linkedElsewhere = people.flatMap(({ id: personId, missingLinks }) =>
      (missingLinks ?? []).flatMap(({ reason, rule, candidates }) =>
        reason === 'LINKED_ELSEWHERE' && rule != null ? [{ personId, rule, candidates }] : [],
      ),
    );
    for (const { id: personId, identities } of people) {
      const records = (identities ?? []).map((identity) => ({
        ...identity,
        mappingKey: identity.mappingKey ?? null,
        personId,
      }));
      this.#byPerson.set(personId, records);
      for (const record of records) {
        if (record.mappingKey !== null) this.#byKey.get(record.upstream)?.set(record.mappingKey, record);
        this.#byUpstreamId.set(`${record.upstream} ${record.upstreamId}`, record);
      }
    }
  }

  keysOf(upstream: Upstream): readonly string[] {
    return [...(this.#byKey.get(upstream)?.keys() ?? [])];
  }

  named({ upstream, mappingKey }: NamedRecord): KnownRecord | undefined {
    return this.#byKey.get(upstream)?.get(mappingKey);
  }

  withId(upstream: Upstream, upstreamId: string): KnownRecord | undefined {
    return this.#byUpstreamId.get(`${upstream} ${upstreamId}`);
  }

  ofPerson(id: string): readonly KnownRecord[] {
    return this.#byPerson.get(id) ?? [];
  }

  /** The record that leads a person. */
  leadOf(personId: string): KnownRecord | undefined {
    return this.ofPerson(personId).find(({ matchedBy }) => matchedBy === 'SOURCE');
  }
}
