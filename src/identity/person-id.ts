import { createHmac } from 'node:crypto';
import { type CtrlHubUser, type NaverPerson, naverKeyOf } from '../domain/people.ts';
import { foldEmail } from '../domain/text.ts';
import type { Upstream } from '../domain/upstream.ts';
import type { IdentityMapping } from './mapping.ts';

/**
 * What names a person, in falling order of strength: Lucca's id; a keyed digest of the e-mail; the one upstream's
 * identifier. A digest, because ids travel through logs and URLs and must not carry an address.
 */
export type PersonKey =
  | { kind: 'LUCCA'; luccaId: string }
  | { kind: 'DIGEST'; digest: string }
  | { kind: 'NAVER'; naverKey: string }
  | { kind: 'CTRL_HUB'; ctrlHubId: string };

const prefixes = { LUCCA: 'L', DIGEST: 'E', NAVER: 'N', CTRL_HUB: 'C' } as const;

export function toPersonId(key: PersonKey): string {
  switch (key.kind) {
    case 'LUCCA':
      return `${prefixes.LUCCA}:${key.luccaId}`;
    case 'DIGEST':
      return `${prefixes.DIGEST}:${key.digest}`;
    case 'NAVER':
      return `${prefixes.NAVER}:${key.naverKey}`;
    case 'CTRL_HUB':
      return `${prefixes.CTRL_HUB}:${key.ctrlHubId}`;
  }
}

/** Null for a text that `toPersonId` never makes. */
export function parsePersonId(id: string): PersonKey | null {
  const value = id.slice(2);
  if (id[1] !== ':' || value === '') return null;
  switch (id[0]) {
    case prefixes.LUCCA:
      return { kind: 'LUCCA', luccaId: value };
    case prefixes.DIGEST:
      return { kind: 'DIGEST', digest: value };
    case prefixes.NAVER:
      return { kind: 'NAVER', naverKey: value };
    case prefixes.CTRL_HUB:
      return { kind: 'CTRL_HUB', ctrlHubId: value };
    default:
      return null;
  }
}

/** Keyed, so that nobody without the key can find out by trying whose address an id stands for. */
export function digestEmail(email: string, secret: string): string {
  return createHmac('sha256', secret)
    .update(`email:${foldEmail(email)}`)
    .digest('base64url')
    .slice(0, 22);
}

/** What is needed to name people whom Lucca does not know. */
export type Naming = {
  secret: string;
  mapping: IdentityMapping<Upstream>;
  /** True for an address that several records of the same upstream have: it cannot name one of them. */
  isShared: (email: string) => boolean;
};

/** Null for a row that nothing names: no key, and no address of its own. */
export function naverPersonKey(person: NaverPerson, naming: Naming): PersonKey | null {
  const naverKey = naverKeyOf(person);
  const mapped = naming.mapping.rowOf('NAVER', naverKey)?.row.NAVER;
  if (mapped !== undefined) return { kind: 'NAVER', naverKey: mapped };
  return digestKey(person.email, naming) ?? (naverKey === null ? null : { kind: 'NAVER', naverKey });
}

/** A user whom the mapping file links to a NAVER row bears that row's name, so that both paths lead to one id. */
export function ctrlHubPersonKey(user: CtrlHubUser, naming: Naming): PersonKey {
  const mapped = naming.mapping.rowOf('CTRL_HUB', user.ctrlHubId)?.row.NAVER;
  if (mapped !== undefined) return { kind: 'NAVER', naverKey: mapped };
  return digestKey(user.email, naming) ?? { kind: 'CTRL_HUB', ctrlHubId: user.ctrlHubId };
}

function digestKey(email: string | null, { secret, isShared }: Naming): PersonKey | null {
  return email === null || isShared(email) ? null : { kind: 'DIGEST', digest: digestEmail(email, secret) };
}
