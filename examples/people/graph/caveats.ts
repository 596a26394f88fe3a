import { type Answer, freshnessOf } from 'hr-graph/client';
import { upstreamNames } from './upstreams.ts';

/**
 * Why "nobody" may not be the whole truth, though no field failed: older data has served, records could not be read,
 * or it is not known of people with a contested record whether they meet a condition.
 */
export function caveatsOf(answers: readonly Answer<unknown>[]): string[] {
  const known = answers.flatMap((it) => [...freshnessOf(it)]);
  const stale = known.filter(([, it]) => it.failure !== null).map(([it]) => upstreamNames[it]);
  const skipped = known.filter(([, it]) => it.skippedRows > 0).map(([it]) => upstreamNames[it]);
  const contested = known.filter(([, it]) => it.contested > 0).map(([it]) => upstreamNames[it]);
  return [
    ...(stale.length > 0 ? [`That is what ${list.format(new Set(stale))} said when last asked.`] : []),
    ...(skipped.length > 0 ? [`Unreadable records of ${list.format(new Set(skipped))} are not counted.`] : []),
    ...(contested.length > 0
      ? [`People whose record in ${list.format(new Set(contested))} is contested are left out: they may meet them.`]
      : []),
  ];
}

const list = new Intl.ListFormat('en');
