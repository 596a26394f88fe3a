import { scopesRead } from '../../upstreams/lucca/client.ts';
import { type Finding, note, ok, trouble } from '../finding.ts';
import type { Granted } from './account.ts';

/** Reading takes a resource's readonly scope, or its readwrite one (Lucca, OAuth scopes). */
const opens = (scope: string, needed: string): boolean =>
  scope === needed || scope === needed.replace(/\.readonly$/, '.readwrite');

export function findScopes({ granted, refused }: Granted): Finding {
  const missing = scopesRead.filter((needed) => ![...granted, ...refused].some((it) => opens(it, needed)));
  const problems = [
    ...(refused.length === 0 ? [] : [`Not granted to this client: ${refused.join(', ')}.`]),
    ...(missing.length === 0 ? [] : [`LUCCA_SCOPES does not ask for ${missing.join(', ')}.`]),
  ];
  if (problems.length > 0) {
    const grant =
      'Grant to the API client in Lucca (integration keys) what LUCCA_SCOPES asks for, or take it out there.';
    return trouble(problems.join(' '), refused.length > 0 ? grant : 'Add what is missing to LUCCA_SCOPES.');
  }
  const idle = granted.filter((it) => !scopesRead.includes(it));
  if (idle.length === 0) return ok(`all ${granted.length} granted`);
  return note(
    `More is asked for than is read: ${idle.join(', ')}.`,
    `LUCCA_SCOPES needs ${scopesRead.join(' ')} alone.`,
  );
}
