import { normalEmail, normalKey, normalNumber } from '../directory/normal-form.ts';
import { type Upstream, upstreams } from '../domain/upstream.ts';
import type { MappingRow } from '../identity/mapping.ts';
import { type Identifiers, peopleOf } from './people-sources.ts';

type Kind = 'email' | 'remote id' | 'number' | Upstream;

/** An identifier with its kind, such as `LUCCA:982`. The kind matters: 982 in Lucca and 982 in NAVER are two people. */
export type Trace = `${Kind}:${string}`;

function normalFormOf(kind: Kind, value: string | null): string | null {
  switch (kind) {
    case 'email':
      return normalEmail(value);
    case 'remote id':
      return normalKey(value);
    case 'number':
      return normalNumber(value);
    default:
      return normalKey(value, peopleOf[kind].source.ignoresCaseOfKeys);
  }
}

/** Empty for a value that identifies nobody: no valid address, or a placeholder that many records share. */
export function traceOf(kind: Kind, value: string | null | undefined): Trace[] {
  const normal = normalFormOf(kind, value ?? null);
  return normal === null ? [] : [`${kind}:${normal}`];
}

export const tracesOf = ({ upstream, keys, traits }: Identifiers): Trace[] => [
  ...keys.flatMap((key) => traceOf(upstream, key)),
  ...traceOf('email', traits?.email),
  ...traceOf('remote id', traits?.remoteId),
  ...traceOf('number', traits?.employeeNumber),
];

export const tracesOfMapping = (row: MappingRow<Upstream>): Trace[] =>
  upstreams.flatMap((upstream) => traceOf(upstream, row[upstream]));
