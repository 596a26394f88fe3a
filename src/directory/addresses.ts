import { Groups } from '../domain/groups.ts';
import { leadOf, type Person, type Records } from '../domain/person.ts';
import type { Entry, Source } from './entry.ts';
import { normalEmail } from './normal-form.ts';
import { compareIds } from './order.ts';
import { inSlices } from './slices.ts';

/** The people with an e-mail address, in the order in which a look-up tries the groups. Each group is sorted by id. */
export type Addressed<R extends Records> = {
  /** Their leading record has the address and is not former. They may be led by different sources. */
  readonly leading: readonly Person<R>[];
  /** A linked record has the address. */
  readonly linked: readonly Person<R>[];
  /** Their leading record has the address and is former. */
  readonly former: readonly Person<R>[];
};

/** People by address in normal form. */
export type Addresses<R extends Records> = {
  readonly leading: Groups<Person<R>>;
  /** Only linked records whose address differs from the leading record's: most people have one address everywhere. */
  readonly linked: Groups<Person<R>>;
};

/** Indexes the addresses of leading and of linked records, in normal form. `entries` are in lead order. */
export function* indexAddresses<R extends Records>(
  entries: readonly (readonly Entry<R>[])[],
): Generator<void, Addresses<R>> {
  const leading = new Groups<Person<R>>();
  const linked = new Groups<Person<R>>();
  const addressOf = new Map<Person<R>, string | null>();
  for (const ofSource of entries) {
    yield* inSlices(ofSource, ({ source, email, person }) => {
      if (person === null) return;
      if (person.leads === source.name) {
        leading.add(email, person);
        addressOf.set(person, email);
      } else if (email !== addressOf.get(person)) linked.add(email, person);
    });
  }
  return { leading, linked };
}

/** `address` may be in any spelling. A text that is no address finds nobody. */
export function findByAddress<R extends Records>(
  address: string,
  { leading, linked }: Addresses<R>,
  sources: ReadonlyMap<string, Source<R>>,
): Addressed<R> {
  const email = normalEmail(address);
  if (email === null) return { leading: [], linked: [], former: [] };
  const led = byId(leading.get(email) ?? []);
  const isFormer = (person: Person<R>): boolean => sources.get(person.leads)?.isFormer(leadOf(person)) ?? false;
  const isLinked = ({ leads, links }: Person<R>): boolean =>
    [...sources.values()].some((source) => {
      const link = source.name === leads ? undefined : links[source.name];
      return link !== undefined && normalEmail(source.traitsOf(link.record).email) === email;
    });
  return {
    leading: led.filter((person) => !isFormer(person)),
    linked: byId([...new Set([...(linked.get(email) ?? []), ...led.filter(isLinked)])]),
    former: led.filter(isFormer),
  };
}

const byId = <R extends Records>(people: readonly Person<R>[]): Person<R>[] =>
  people.toSorted((a, b) => compareIds(a.id, b.id));
