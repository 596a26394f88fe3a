import { normalEmail } from '../src/directory/normal-form.ts';
import type { Employee } from '../src/domain/employee.ts';
import { naverKeyOf } from '../src/domain/people.ts';

/** The leading record's name; never empty: else the e-mail, else the upstream's identifier. */
export function displayNameOf({ leads, links, id }: Employee): string {
  const { LUCCA, NAVER, CTRL_HUB } = links;
  if (leads === 'LUCCA' && LUCCA !== undefined) {
    const { givenName, familyName, email, luccaId } = LUCCA.record;
    return joined(givenName, familyName) ?? shown(email) ?? luccaId;
  }
  if (leads === 'NAVER' && NAVER !== undefined) {
    return NAVER.record.name ?? shown(NAVER.record.email) ?? naverKeyOf(NAVER.record) ?? id;
  }
  const { firstName = null, lastName = null, email = null, ctrlHubId = id } = CTRL_HUB?.record ?? {};
  // Half a name is not shown, as in Ctrl Hub itself.
  return (firstName && lastName && joined(firstName, lastName)) || shown(email) || ctrlHubId;
}

/** The address of the leading record, as it spells it; null for a text that is no address. */
export function emailOf({ leads, links }: Employee): string | null {
  return shown(links[leads]?.record.email ?? null);
}

export function givenNameOf({ leads, links }: Employee): string | null {
  if (leads === 'LUCCA') return links.LUCCA?.record.givenName ?? null;
  return leads === 'CTRL_HUB' ? (links.CTRL_HUB?.record.firstName ?? null) : null;
}

/** NAVER keeps one name, unsplit. */
export function familyNameOf({ leads, links }: Employee): string | null {
  if (leads === 'LUCCA') return links.LUCCA?.record.familyName ?? null;
  return leads === 'CTRL_HUB' ? (links.CTRL_HUB?.record.lastName ?? null) : null;
}

const shown = (email: string | null): string | null => (normalEmail(email) === null ? null : email);

function joined(given: string | null, family: string | null): string | null {
  const name = [given, family].filter((it) => it !== null && it !== '').join(' ');
  return name === '' ? null : name;
}
