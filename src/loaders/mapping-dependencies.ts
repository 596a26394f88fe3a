import { upstreams as inLeadOrder, type Upstream } from '../domain/upstream.ts';
import type { IdentitySettings } from './snapshot.ts';

/** The earlier upstreams on whose records an upstream's links may depend. Replaced whenever the mapping changes. */
export type DependenciesOf = (upstream: Upstream) => readonly Upstream[];

/**
 * Links depend on the leading record alone, except for the mapping file: there a person has the rows of all their
 * records. A row that names Ctrl Hub and NAVER but not Lucca links a Ctrl Hub user to a person led by Lucca, through
 * NAVER's record.
 */
export function mappingDependencies(
  { rules, mapping }: IdentitySettings,
  configured: readonly Upstream[],
): DependenciesOf {
  const found = new Map(configured.map((upstream) => [upstream, new Set<Upstream>()]));
  const usesFirst = rules[0] === 'MAPPING_FILE';
  for (const row of mapping.rows) {
    const [lead, ...others] = inLeadOrder.filter(
      (upstream) => configured.includes(upstream) && row[upstream] !== undefined,
    );
    const leadsItself = usesFirst && lead === configured[0];
    if (lead === undefined || leadsItself) continue;
    for (const [index, upstream] of others.entries()) {
      for (const earlier of [lead, ...others.slice(0, index)]) found.get(upstream)?.add(earlier);
    }
  }
  const dependencies = new Map([...found].map(([upstream, earlier]) => [upstream, [...earlier]]));
  return (upstream) => dependencies.get(upstream) ?? [];
}
