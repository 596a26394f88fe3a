import { scopesRead } from '../../upstreams/lucca/client.ts';
import { type Finding, note, ok, trouble } from '../finding.ts';
import type { Granted } from './account.ts';

/** A resource can be read with its readonly or its readwrite scope (Lucca, OAuth scopes). */
const opens = (scope: string, needed: string): boolean =>
  scope === needed || scope === needed.replace(/\.readonly$/, '.readwrite');

export function findScopes({ granted, refused }: Granted): Finding {
  const missing = scopesRead.filter((needed) => ![...granted, ...refused].some((scope) => opens(scope, needed)));
  const problems = [
    ...(refused.length === 0 ? [] : [`Not granted to this client: ${refused.join(', ')}.`]),
    ...(missing.length === 0 ? [] : [`LUCCA_SCOPES does not ask for ${missing.join(', ')}.`]),
  ];
  if (problems.length > 0) {
    const grant = 'Grant the scopes to the API client in Lucca (integration keys), or remove them from LUCCA_SCOPES.';
    return trouble(problems.join(' '), refused.length > 0 ? grant : 'Add the missing scopes to LUCCA_SCOPES.');
  }
  const unused = granted.filter((scope) => !scopesRead.includes(scope));
  if (unused.length === 0) return ok(`all ${granted.length} granted`);
  return note(
    `LUCCA_SCOPES has scopes that hr-graph does not need: ${unused.join(', ')}.`,
    `LUCCA_SCOPES needs only ${scopesRead.join(' ')}.`,
  );
}
