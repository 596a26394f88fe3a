import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Trouble } from '../graph/sentences.ts';

type Retry = () => void;

/** In place of what could not be had at all. */
export function Failure({ title, trouble, retry }: { title: string; trouble: Trouble; retry: Retry }) {
  return (
    <div class="notice failure">
      <div role="alert">
        <h2>{title}</h2>
        <p>{trouble.text}</p>
      </div>
      <Again seconds={trouble.retryAfterSeconds} retry={retry} />
    </div>
  );
}

/** Above what could be had in part. */
export function Gaps({ gaps, retry }: { gaps: readonly Trouble[]; retry: Retry }) {
  if (gaps.length === 0) return null;
  const waits = gaps.flatMap((it) => it.retryAfterSeconds ?? []);
  return (
    <div class="notice gaps">
      <div role="alert">
        {gaps.map((it) => (
          <p key={it.text}>{it.text}</p>
        ))}
      </div>
      <Again seconds={waits.length === 0 ? null : Math.max(...waits)} retry={retry} />
    </div>
  );
}

/** Where everything was answered, and there is nothing. */
export const Nothing = ({ title, children }: { title: string; children?: ComponentChildren }) => (
  <div class="notice nothing-here">
    <h2>{title}</h2>
    {children}
  </div>
);

/** By hand, and by itself as soon as it may succeed. It stands outside the alert, which would be read at each attempt. */
function Again({ seconds, retry }: { seconds: number | null; retry: Retry }) {
  useEffect(() => {
    if (seconds === null) return;
    const timer = setTimeout(retry, Math.max(seconds, 1) * 1000);
    return () => clearTimeout(timer);
  }, [seconds, retry]);
  return (
    <p class="again">
      <button type="button" onClick={retry}>
        Try again
      </button>
      {seconds !== null && <span>It will be tried again in about {Math.max(seconds, 1)} s.</span>}
    </p>
  );
}
