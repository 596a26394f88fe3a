import { normalEmail } from '../directory/normal-form.ts';
import type { Employee, PeopleRecords } from '../domain/employee.ts';
import type { Link } from '../domain/person.ts';
import { upstreams as inLeadOrder, type Upstream } from '../domain/upstream.ts';
import { ConflictError, NotFoundError } from '../errors.ts';
import { notConfigured } from '../upstreams/upstreams.ts';
import type { AssignmentIndex } from './assignment-index.ts';
import { type ListName, type PeopleListName, peopleListsOf, upstreamOf } from './list-names.ts';
import type { DependenciesOf } from './mapping-dependencies.ts';
import { upstreamOfIdentifier } from './people-sources.ts';
import { skippedRow } from './skipped-row.ts';
import type { Snapshot } from './snapshot.ts';

/** Why a list cannot be used by this operation; undefined for one that can. */
type WhyNot = (list: PeopleListName) => Error | undefined;

export type ViewOptions = {
  snapshot: Snapshot | null;
  configured: readonly Upstream[];
  whyNot: WhyNot;
  /** When the reading of a list that can be used began, in milliseconds since 1970. */
  asOf: (list: PeopleListName) => number | null;
  /** Upstreams whose records may decide, by rows of the mapping file, whom a record of this one belongs to. */
  dependenciesOf: DependenciesOf;
};

/**
 * The snapshot as one operation sees it, from its first look-up to its last. A source that cannot be used fails what
 * depends on it, and nothing else: its own records, and the names of people whom it might lead.
 */
export class View {
  readonly #options: ViewOptions;

  constructor(options: ViewOptions) {
    this.#options = options;
  }

  /** Throws UPSTREAM_NOT_CONFIGURED, or why the upstream's lists cannot be used. */
  require(upstream: Upstream): void {
    this.requireLists(...peopleListsOf(upstream));
  }

  /** For links to the upstream's records, and for their absence. */
  requireLinksTo(upstream: Upstream): void {
    this.require(upstream);
    for (const other of this.#options.dependenciesOf(upstream)) this.require(other);
  }

  /** Throws UPSTREAM_NOT_CONFIGURED, or why one of the lists cannot be used. */
  requireLists(...lists: readonly PeopleListName[]): void {
    for (const list of lists) {
      if (!this.isConfigured(upstreamOf(list))) throw notConfigured(upstreamOf(list));
      const reason = this.#options.whyNot(list);
      if (reason !== undefined) throw reason;
    }
  }

  /** For what follows from everybody: links, and their absence. */
  requireEverybody(): void {
    for (const upstream of this.#options.configured) this.require(upstream);
  }

  /** RFC 3339: who came to the upstream or left it since then is not in its lists. */
  asOf(upstream: Upstream): string {
    this.require(upstream);
    const times = peopleListsOf(upstream).flatMap((list) => this.#options.asOf(list) ?? []);
    return new Date(Math.min(...times)).toISOString();
  }

  isConfigured(upstream: Upstream): boolean {
    return this.#options.configured.includes(upstream);
  }

  get snapshot(): Snapshot {
    const { snapshot } = this.#options;
    if (snapshot === null) throw new Error('A look-up before any list was read: its field does not say what it reads.');
    return snapshot;
  }

  /** The people of the lead directory, by family name. */
  get leadPeople(): readonly Employee[] {
    const [lead] = this.#options.configured;
    if (lead === undefined) return [];
    this.require(lead);
    return this.snapshot.leadPeople;
  }

  /** Everybody, by family name. */
  get everybody(): readonly Employee[] {
    this.requireEverybody();
    return this.snapshot.directory.people;
  }

  /** The visible assignments, and what they lead to. */
  get assignments(): AssignmentIndex {
    this.requireLists('assignments');
    const { assignments } = this.snapshot;
    if (assignments === null) throw unplanned('assignments');
    return assignments;
  }

  /** Everybody, by family name, for who is among those whom the upstream knows: all of these can be named. */
  peopleLinkedTo(upstream: Upstream): readonly Employee[] {
    this.requireLinksTo(upstream);
    for (const earlier of inLeadOrder.slice(0, inLeadOrder.indexOf(upstream))) {
      if (this.isConfigured(earlier)) this.require(earlier);
    }
    return this.snapshot.directory.people;
  }

  /**
   * What an upstream knows of a person; null where it does not know them. Throws ConflictError where several records or
   * people lay claim to the link.
   */
  linkOf<U extends Upstream>(person: Employee, upstream: U): Link<PeopleRecords[U]> | null {
    if (!this.isConfigured(upstream)) throw notConfigured(upstream);
    // An upstream that comes before the leading one does not know the person.
    const mayKnow = inLeadOrder.indexOf(upstream) >= inLeadOrder.indexOf(person.leads);
    if (mayKnow && upstream !== person.leads) this.requireLinksTo(upstream);
    if (person.contested.includes(upstream)) throw contested(upstream);
    const links: { readonly [U in Upstream]?: Link<PeopleRecords[U]> } = person.links;
    return links[upstream] ?? null;
  }

  /** Null for a record that is linked to nobody and has no key. Throws where an upstream that may lead cannot be used. */
  personOf(upstream: Upstream, record: object): Employee | null {
    return this.#named(this.snapshot.directory.personOf(upstream, record));
  }

  /** By any identifier of any of their records, such as `L:982`. Null for nobody. */
  byIdentifier(id: string): Employee | null {
    if (id.startsWith('E:'))
      throw new NotFoundError('id: ids made from an e-mail address are no longer valid. Ask by e-mail.');
    const upstream = upstreamOfIdentifier(id);
    if (upstream === undefined) return null;
    this.require(upstream);
    const person = this.snapshot.directory.byIdentifier(id);
    if (person === null) this.refuseSkipped(upstream, id.slice(id.indexOf(':') + 1));
    return this.#named(person);
  }

  /** In steps, of which the first that finds anybody decides. Throws ConflictError where it finds several. */
  byEmail(address: string): Employee | null {
    if (normalEmail(address) === null) return null;
    const { configured } = this.#options;
    for (const upstream of configured) {
      this.require(upstream);
      const led = this.snapshot.directory.addressed(address).leading.filter((person) => person.leads === upstream);
      if (led.length > 0) return onlyOne(led);
    }
    const { linked, former } = this.snapshot.directory.addressed(address);
    return onlyOne(linked.length > 0 ? linked : former);
  }

  /** For a key that is nobody's: throws UPSTREAM_INVALID_RESPONSE where its row came and could not be used. */
  refuseSkipped(upstream: Upstream, key: string): void {
    for (const name of peopleListsOf(upstream)) {
      const list = this.snapshot.lists[name];
      const error = list === undefined ? null : skippedRow(name, list, key);
      if (error !== null) throw error;
    }
  }

  #named(person: Employee | null): Employee | null {
    if (person === null) return null;
    for (const upstream of this.#options.configured) {
      this.require(upstream);
      if (upstream === person.leads) return person;
    }
    return person;
  }
}

const contested = (upstream: Upstream): ConflictError =>
  new ConflictError(
    `Several records of ${upstream}, or several people, claim this link: none is made. identityConflicts lists them.`,
  );

function onlyOne(people: readonly Employee[]): Employee | null {
  if (people.length > 1)
    throw new ConflictError(`The address belongs to ${people.length} people: ask by another identifier.`);
  return people[0] ?? null;
}

/** For an operation that reads a list which its plan does not name. */
export const unplanned = (list: ListName): Error =>
  new Error(`The list of ${list} is used, but no field of the operation says that it reads it.`);
