import { useEffect, useRef } from 'preact/hooks';
import { troubleOf } from '../graph/sentences.ts';

type Props = {
  hasMore: boolean;
  isLoading: boolean;
  /** Why the next page did not come; null where nothing went wrong. */
  failure: unknown;
  more: () => Promise<void>;
  /** Selects the list whose end this is. After the button the focus goes to the first row that it has brought. */
  list: string;
  rows: number;
};

/** How far below the screen the end of a list may be for the next page to be asked for. */
const ahead = '600px';

/** The end of a list that goes on by itself as it is scrolled, and by a button for whoever does not scroll. */
export function More({ hasMore, isLoading, failure, more, list, rows }: Props) {
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (end.current === null || !hasMore || failure !== null) return;
    const watch = new IntersectionObserver(([entry]) => entry?.isIntersecting && void more(), { rootMargin: ahead });
    watch.observe(end.current);
    return () => watch.disconnect();
  }, [hasMore, failure, more, rows]);
  const byHand = async () => {
    await more();
    requestAnimationFrame(() => document.querySelectorAll<HTMLElement>(`${list} > li a`)[rows]?.focus());
  };
  if (!hasMore) return <div class="more" />;
  return (
    <div class="more" ref={end}>
      {failure !== null && <p role="alert">The next ones could not be read. {troubleOf(failure).text}</p>}
      <button type="button" onClick={() => void byHand()} aria-disabled={isLoading}>
        {failure !== null ? 'Try again' : isLoading ? 'One moment…' : 'Show more'}
      </button>
    </div>
  );
}
