import { useSignal } from '@preact/signals';
import { type Answer, type Freshness, freshnessOf, type Upstream } from 'hr-graph/client';
import { useEffect } from 'preact/hooks';
import { upstreamNames, upstreams } from '../graph/upstreams.ts';

const ticksMs = 15_000;

/** How old what is shown is, by system; loudly where a system could not be asked again. */
export function Age({ answers }: { answers: readonly Answer<unknown>[] }) {
  const now = useSignal(Date.now());
  useEffect(() => {
    now.value = Date.now();
    const timer = setInterval(() => {
      now.value = Date.now();
    }, ticksMs);
    return () => clearInterval(timer);
  }, [answers, now]);
  const known = oldestOf(answers);
  const shown = upstreams.flatMap((upstream) => {
    const freshness = known.get(upstream);
    return freshness === undefined ? [] : [{ upstream, ...freshness }];
  });
  const stale = shown.filter((it) => it.failure !== null);
  return (
    <>
      {stale.length > 0 && (
        <div class="notice stale" role="status">
          {stale.map((it) => (
            <p key={it.upstream}>
              {upstreamNames[it.upstream]} cannot be asked at the moment. What is shown of it is{' '}
              {ageOf(it.asOf, now.value)} old.
            </p>
          ))}
        </div>
      )}
      {shown.length > 0 && (
        <ul class="age" aria-label="How old the data is">
          <li aria-hidden="true">Age of the data:</li>
          {shown.map((it) => (
            <li key={it.upstream} class={`system ${it.upstream}`}>
              {upstreamNames[it.upstream]} {ageOf(it.asOf, now.value)}
              {it.skippedRows > 0 && `, ${it.skippedRows} unreadable`}
              {it.contested > 0 && `, ${it.contested} contested`}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Of several pages, the oldest reading of each system. */
function oldestOf(answers: readonly Answer<unknown>[]): Map<Upstream, Freshness> {
  const oldest = new Map<Upstream, Freshness>();
  for (const [upstream, freshness] of answers.flatMap((it) => [...freshnessOf(it)])) {
    const other = oldest.get(upstream);
    if (other === undefined || freshness.asOf < other.asOf) oldest.set(upstream, freshness);
  }
  return oldest;
}

function ageOf(asOf: Date, now: number): string {
  const seconds = Math.max(0, Math.round((now - asOf.getTime()) / 1000));
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
