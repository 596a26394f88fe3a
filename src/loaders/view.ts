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

/** The error for which this operation cannot use a list; undefined if it can. */
type FailureOf = (list: PeopleListName) => Error | undefined;

export type ViewOptions = {
  snapshot: Snapshot | null;
  configured: readonly Upstream[];
  failureOf: FailureOf;
  /** When the reading of a usable list began, in milliseconds since 1970; null for any other. */
  asOf: (list: PeopleListName) => number | null;
  /** Upstreams on whose records this one's links may depend through rows of the mapping file. */
  dependenciesOf: DependenciesOf;
};

/**
 * The snapshot of one operation. If an upstream's lists cannot be used, only what depends on them fails: its own
 * records, and the ids of people whom it might lead.
 */
export class View {
  readonly #options: ViewOptions;

  constructor(options: ViewOptions) {
    this.#options = options;
  }

  /** Throws UPSTREAM_NOT_CONFIGURED, or the error for which the upstream's lists cannot be used. */
  require(upstream: Upstream): void {
    this.requireLists(...peopleListsOf(upstream));
  }

  /** For fields that need links to the upstream's records, or the knowledge that there are none. */
  requireLinksTo(upstream: Upstream): void {
    this.require(upstream);
    for (const other of this.#options.dependenciesOf(upstream)) this.require(other);
  }

  /** Throws UPSTREAM_NOT_CONFIGURED, or the error for which one of the lists cannot be used. */
  requireLists(...lists: readonly PeopleListName[]): void {
    for (const list of lists) {
      if (!this.isConfigured(upstreamOf(list))) throw notConfigured(upstreamOf(list));
      const reason = this.#options.failureOf(list);
      if (reason !== undefined) throw reason;
    }
  }

  /** For fields that need all people with all links. */
  requireEverybody(): void {
    for (const upstream of this.#options.configured) this.require(upstream);
  }

  /** When the upstream's oldest list was read, in RFC 3339. Later changes are not in its lists. */
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
    if (snapshot === null)
      throw new Error('A look-up before any list was read: its field does not declare which lists it reads.');
    return snapshot;
  }

  /** The people led by the first configured upstream, by family name. */
  get leadPeople(): readonly Employee[] {
    const [lead] = this.#options.configured;
    if (lead === undefined) return [];
    this.require(lead);
    return this.snapshot.leadPeople;
  }

  /** All people, by family name. */
  get everybody(): readonly Employee[] {
    this.requireEverybody();
    return this.snapshot.directory.people;
  }

  /** The visible assignments with their roles and organisations. */
  get assignments(): AssignmentIndex {
    this.requireLists('assignments');
    const { assignments } = this.snapshot;
    if (assignments === null) throw unplanned('assignments');
    return assignments;
  }

  /**
   * All people, by family name, for callers that look for people with a record of this upstream. Requires the lists by
   * which every such person gets an id.
   */
  peopleLinkedTo(upstream: Upstream): readonly Employee[] {
    this.requireLinksTo(upstream);
    for (const earlier of inLeadOrder.slice(0, inLeadOrder.indexOf(upstream))) {
      if (this.isConfigured(earlier)) this.require(earlier);
    }
    return this.snapshot.directory.people;
  }

  /** An upstream's record of a person, or null. Throws ConflictError if several records or people claim the link. */
  linkOf<U extends Upstream>(person: Employee, upstream: U): Link<PeopleRecords[U]> | null {
    if (!this.isConfigured(upstream)) throw notConfigured(upstream);
    // An upstream before the leading one has no record of the person.
    const mayHaveRecord = inLeadOrder.indexOf(upstream) >= inLeadOrder.indexOf(person.leads);
    if (mayHaveRecord && upstream !== person.leads) this.requireLinksTo(upstream);
    if (person.contested.includes(upstream)) throw contested(upstream);
    const links: { readonly [U in Upstream]?: Link<PeopleRecords[U]> } = person.links;
    return links[upstream] ?? null;
  }

  /** Null for an unlinked record without a key. Throws if an upstream that may lead the person cannot be used. */
  personOf(upstream: Upstream, record: object): Employee | null {
    return this.#named(this.snapshot.directory.personOf(upstream, record));
  }

  /** Finds a person by any identifier of any of their records, such as `L:982`; null if nobody has it. */
  byIdentifier(id: string): Employee | null {
    if (id.startsWith('E:'))
      throw new NotFoundError('id: ids made from an e-mail address are no longer valid. Ask by e-mail.');
    const upstream = upstreamOfIdentifier(id);
    if (upstream === undefined) return null;
    this.require(upstream);
    const person = this.snapshot.directory.byIdentifier(id);
    if (person === null) this.throwIfSkipped(upstream, id.slice(id.indexOf(':') + 1));
    return this.#named(person);
  }

  /**
   * Finds a person by address: leading records first, upstream by upstream, then linked records, then former ones. The
   * first step with a match decides. Throws ConflictError if that step finds several people.
   */
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

  /** For a key that no person has: throws UPSTREAM_INVALID_RESPONSE if the row with this key was skipped. */
  throwIfSkipped(upstream: Upstream, key: string): void {
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
    `Several records of ${upstream}, or several people, claim this link, so none is made. identityConflicts lists them.`,
    upstream,
  );

function onlyOne(people: readonly Employee[]): Employee | null {
  if (people.length > 1)
    throw new ConflictError(`The address belongs to ${people.length} people: ask by another identifier.`, null);
  return people[0] ?? null;
}

/** The error of an operation that uses a list which is not in its plan. */
export const unplanned = (list: ListName): Error =>
  new Error(`The list of ${list} is used, but no field of the operation declares that it reads this list.`);
