import type { Employee } from '../domain/employee.ts';
import type { CtrlHubUser, NaverPerson } from '../domain/people.ts';
import { naverKeyOf } from '../domain/people.ts';
import { foldEmail } from '../domain/text.ts';
import { ConflictError } from '../errors.ts';
import { digestEmail, parsePersonId } from '../identity/person-id.ts';
import type { Upstreams } from '../upstreams/upstreams.ts';
import type { CtrlHubKnowledge } from './ctrl-hub-knowledge.ts';
import type { IdentityConfig } from './directories.ts';
import type { Lists } from './lists.ts';
import type { LuccaPeople } from './lucca-people.ts';
import type { PersonNaming } from './naming.ts';

/** From what a caller has at hand to the person. Null for nobody. */
export type PersonFinder = {
  byId(id: string): Promise<Employee | null>;
  byLuccaId(luccaId: string): Promise<Employee | null>;
  byNaverKey(naverKey: string): Promise<Employee | null>;
  byCtrlHubId(ctrlHubId: string): Promise<Employee | null>;
  /** Throws ConflictError when the leading upstream has two records with the address. */
  byEmail(email: string): Promise<Employee | null>;
};

export function createPersonFinder(
  upstreams: Upstreams,
  lists: Lists,
  lucca: LuccaPeople,
  ctrlHub: CtrlHubKnowledge,
  naming: PersonNaming,
  { secret, mapping }: IdentityConfig,
): PersonFinder {
  async function byId(id: string): Promise<Employee | null> {
    const key = parsePersonId(id);
    switch (key?.kind) {
      case 'LUCCA':
        return byLuccaId(key.luccaId);
      case 'NAVER':
        return (await byNaverKey(key.naverKey)) ?? byMappedNaverKey(key.naverKey);
      case 'CTRL_HUB':
        return byCtrlHubId(key.ctrlHubId);
      case 'DIGEST':
        return byDigest(id, key.digest);
      default:
        return null;
    }
  }

  async function byLuccaId(luccaId: string): Promise<Employee | null> {
    const record = await lucca.byId.load(luccaId);
    return record === null ? null : naming.ofLucca(record);
  }

  async function byNaverKey(naverKey: string): Promise<Employee | null> {
    const people = await lists.naverPeople();
    const record = people.find((it) => it.externalKey === naverKey) ?? people.find((it) => naverKeyOf(it) === naverKey);
    return record === undefined ? null : naming.ofNaver.load(record);
  }

  /** A NAVER key from the mapping file names the Ctrl Hub user of its row even while NAVER has no such row. */
  async function byMappedNaverKey(naverKey: string): Promise<Employee | null> {
    const ctrlHubId = mapping.rowOf('NAVER', naverKey)?.row.CTRL_HUB;
    return ctrlHubId === undefined ? null : byCtrlHubId(ctrlHubId);
  }

  async function byCtrlHubId(ctrlHubId: string): Promise<Employee | null> {
    const record = await ctrlHub.findUser(ctrlHubId.trim().toLowerCase());
    if (record === null) return null;
    const person = await naming.ofCtrlHubUser.load(record);
    if (person?.leads !== 'CTRL_HUB' || record.email === null || !upstreams.isConfigured('NAVER')) return person;
    const address = foldEmail(record.email);
    const sameAddress = (await lists.naverPeople()).filter(
      (it) => it.email !== null && foldEmail(it.email) === address,
    );
    const inNaver = await Promise.all(sameAddress.map((it) => naming.ofNaver.load(it)));
    return inNaver.find((it) => it?.id === person.id) ?? person;
  }

  /** An id given out before Lucca knew the person still leads to them, who now bear another one. */
  async function byDigest(id: string, digest: string): Promise<Employee | null> {
    const people = await withoutLucca((email) => digestEmail(email, secret) === digest);
    return people.find((it) => it.id === id) ?? onlyOne(people, 'This id stands for an e-mail address that');
  }

  async function byEmail(email: string): Promise<Employee | null> {
    const address = foldEmail(email);
    if (upstreams.isConfigured('LUCCA')) {
      const records = (await lucca.byEmail.load(email.trim())) ?? [];
      const found = onlyOne(records.map(naming.ofLucca), 'The address');
      if (found !== null) return found;
    }
    return onlyOne(await withoutLucca((it) => foldEmail(it) === address), 'The address');
  }

  /** The people behind the rows of NAVER and Ctrl Hub with such an address, each once. */
  async function withoutLucca(isWanted: (email: string) => boolean): Promise<Employee[]> {
    const matches = (it: { email: string | null }) => it.email !== null && isWanted(it.email);
    const [naver, users] = await Promise.allSettled([
      upstreams.isConfigured('NAVER') ? lists.naverPeople() : [],
      upstreams.isConfigured('CTRL_HUB') ? ctrlHub.allUsers() : [],
    ]);
    const naverRows: NaverPerson[] = naver.status === 'fulfilled' ? naver.value.filter(matches) : [];
    let userRows: CtrlHubUser[] = users.status === 'fulfilled' ? users.value.filter(matches) : [];
    if (naverRows.length === 0 && userRows.length === 0) {
      for (const answer of [naver, users]) if (answer.status === 'rejected') throw answer.reason;
      if (upstreams.isConfigured('CTRL_HUB')) userRows = (await ctrlHub.usersOfAllAssignments()).filter(matches);
    }
    // NAVER's record leads where both know somebody: it comes last and stays.
    const named = await Promise.all([
      ...userRows.map((it) => naming.ofCtrlHubUser.load(it)),
      ...naverRows.map((it) => naming.ofNaver.load(it)),
    ]);
    const byPersonId = new Map(named.flatMap((it) => (it === null ? [] : [[it.id, it] as const])));
    return [...byPersonId.values()];
  }

  return { byId, byLuccaId, byNaverKey, byCtrlHubId, byEmail };
}

function onlyOne(people: readonly Employee[], subject: string): Employee | null {
  if (people.length > 1)
    throw new ConflictError(`${subject} belongs to ${people.length} people: ask by another identifier.`);
  return people[0] ?? null;
}
