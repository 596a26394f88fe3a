import { upstreams as inLeadOrder, type Upstream } from '../domain/upstream.ts';
import type { IdentitySettings } from './snapshot.ts';

/** Of an upstream: those before it whose records its links may depend on. It changes as a whole, with the mapping. */
export type DependenciesOf = (upstream: Upstream) => readonly Upstream[];

/**
 * Links follow from the leading record alone,
 * but for the mapping file, where a person has the rows of all of their records: a row that names Ctrl Hub and NAVER, and
 * not Lucca, leads from a Ctrl Hub user to whom Lucca's record leads, by way of NAVER's.
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
    const isLed = usesFirst && lead === configured[0];
    if (lead === undefined || isLed) continue;
    for (const [index, upstream] of others.entries()) {
      for (const earlier of [lead, ...others.slice(0, index)]) found.get(upstream)?.add(earlier);
    }
  }
  const dependencies = new Map([...found].map(([upstream, earlier]) => [upstream, [...earlier]]));
  return (upstream) => dependencies.get(upstream) ?? [];
}
