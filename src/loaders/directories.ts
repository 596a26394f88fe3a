import type { Employee } from '../domain/employee.ts';
import { Groups } from '../domain/groups.ts';
import type { IdentityRule } from '../domain/identity-rule.ts';
import { type CtrlHubUser, type LuccaEmployee, type NaverPerson, naverKeyOf } from '../domain/people.ts';
import { foldEmail } from '../domain/text.ts';
import type { Upstream } from '../domain/upstream.ts';
import { type Linkable, type LinkConflict, type Links, linkRecords } from '../identity/link.ts';
import type { IdentityMapping } from '../identity/mapping.ts';
import { ctrlHubPersonKey, type Naming, naverPersonKey, toPersonId } from '../identity/person-id.ts';
import { ctrlHubTraits, luccaTraits, naverTraits } from '../identity/traits.ts';
import { keptWith } from './kept-with.ts';

/** Told about the links that were not made between Lucca and the upstream, each time that they are looked for. */
export type ConflictReport = (upstream: Upstream, conflicts: readonly LinkConflict<unknown, unknown>[]) => void;

export type IdentityConfig = {
  rules: readonly IdentityRule[];
  mapping: IdentityMapping<Upstream>;
  /** Keys the digests that name people whom Lucca does not know, and seals cursors. */
  secret: string;
  onConflicts?: ConflictReport;
};

export type Addressed = { email: string | null };

export type TraitsOf<T> = (record: T, mapping: IdentityMapping<Upstream>) => Linkable<T>['traits'];

/** Of some of Lucca's people; `isOpen` keeps out whom somebody not among them has a better claim to. */
function linkToLucca<T>(
  known: readonly LuccaEmployee[],
  records: readonly T[],
  traitsOf: TraitsOf<T>,
  { rules, mapping }: IdentityConfig,
  isOpen: (record: Linkable<T>) => boolean,
): Links<LuccaEmployee, T> {
  if (known.length === 0) return { rightOf: new Map(), leftOf: new Map(), conflicts: [] };
  const left = known.map((record) => ({ record, traits: luccaTraits(record, mapping) }));
  const right = records.map((record) => ({ record, traits: traitsOf(record, mapping) }));
  return linkRecords(left, right.filter(isOpen), rules);
}

/** Lists are linked once for the process, however many operations use them. */
const linkedLists = <T>(
  upstream: Upstream,
  traitsOf: TraitsOf<T>,
  isOpenTo: (known: readonly LuccaEmployee[], identity: IdentityConfig) => (record: Linkable<T>) => boolean,
) =>
  keptWith((known: readonly LuccaEmployee[], records: readonly T[], identity: IdentityConfig) => {
    const links = linkToLucca(known, records, traitsOf, identity, isOpenTo(known, identity));
    identity.onConflicts?.(upstream, links.conflicts);
    return links;
  });

const everyRecord = () => () => true;

/** A record that the mapping file gives to somebody who has not been read is nobody else's. */
function isOpenToThese(known: readonly LuccaEmployee[], { mapping }: IdentityConfig) {
  const ids = new Set(known.map((it) => it.luccaId));
  return ({ traits }: Linkable<unknown>): boolean => {
    const mapped = traits.MAPPING_FILE === undefined ? undefined : mapping.rowAt(traits.MAPPING_FILE)?.LUCCA;
    return mapped === undefined || ids.has(mapped);
  };
}

/** Between whole directories. */
export const linkedWithNaver = linkedLists<NaverPerson>('NAVER', naverTraits, everyRecord);
export const linkedWithCtrlHub = linkedLists<CtrlHubUser>('CTRL_HUB', ctrlHubTraits, everyRecord);

/** With those of Lucca's people who have been read so far. */
export const someLinkedWithNaver = linkedLists<NaverPerson>('NAVER', naverTraits, isOpenToThese);
export const someLinkedWithCtrlHub = linkedLists<CtrlHubUser>('CTRL_HUB', ctrlHubTraits, isOpenToThese);

/** By folded addresses. */
const indexByAddress = <T extends Addressed>() =>
  keptWith((records: readonly T[]) => new Groups(records, ({ email }) => (email === null ? null : foldEmail(email))));

export const employeesByAddress = indexByAddress<LuccaEmployee>();
export const naverByAddress = indexByAddress<NaverPerson>();
export const ctrlHubByAddress = indexByAddress<CtrlHubUser>();

/** Links between the other two that were not made, because several rows or users have one address. */
export const conflictsPastLucca = keptWith(
  (people: readonly NaverPerson[], users: readonly CtrlHubUser[], { mapping }: IdentityConfig) => {
    const isOpenPerson = (it: NaverPerson) => mapping.rowOf('NAVER', naverKeyOf(it)) === undefined;
    const isOpenUser = (it: CtrlHubUser) => mapping.rowOf('CTRL_HUB', it.ctrlHubId) === undefined;
    const conflicts: LinkConflict<NaverPerson, CtrlHubUser>[] = [];
    const [inNaver, inCtrlHub] = [naverByAddress(people), ctrlHubByAddress(users)];
    for (const address of new Set([...inCtrlHub.shared(), ...inNaver.shared()])) {
      const left = (inNaver.get(address) ?? []).filter(isOpenPerson);
      const right = (inCtrlHub.get(address) ?? []).filter(isOpenUser);
      if (left.length * right.length > 1) conflicts.push({ rule: 'EMAIL', left, right });
    }
    return conflicts;
  },
);

/** Tells whether more than one of the records has an address. */
export function sharedAddresses(records: readonly Addressed[]): (email: string) => boolean {
  const shared = addressesOfSeveral(records);
  return (email) => shared.has(foldEmail(email));
}

const addressesOfSeveral = keptWith((records: readonly Addressed[]): ReadonlySet<string> => {
  const [met, shared] = [new Set<string>(), new Set<string>()];
  for (const { email } of records) {
    if (email === null) continue;
    const address = foldEmail(email);
    (met.has(address) ? shared : met).add(address);
  }
  return shared;
});

export const personOfLucca = (record: LuccaEmployee): Employee => ({
  id: toPersonId({ kind: 'LUCCA', luccaId: record.luccaId }),
  leads: 'LUCCA',
  record,
});

/** Somebody whom Lucca does not know; null for a row that nothing names: neither a key nor an address of its own. */
export function strangerOfNaver(record: NaverPerson, naming: Naming): Employee | null {
  const key = naverPersonKey(record, naming);
  return key === null ? null : { id: toPersonId(key), leads: 'NAVER', record };
}

export const strangerOfCtrlHub = (record: CtrlHubUser, naming: Naming): Employee => ({
  id: toPersonId(ctrlHubPersonKey(record, naming)),
  leads: 'CTRL_HUB',
  record,
});
