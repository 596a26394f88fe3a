import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { type Place, place } from './place.ts';

/**
 * For the heading of a page. Once there is something to see (`isReady`), the page is scrolled to where it was left, and the
 * focus goes to what had it, or else to the heading, which screen readers then read.
 */
export function useArrival(title: string, isReady: boolean) {
  const heading = useRef<HTMLHeadingElement>(null);
  const arrived = useRef<Place | null>(null);
  const here = place.value;
  useEffect(() => {
    document.title = title;
  }, [title]);
  useLayoutEffect(() => {
    if (!isReady || arrived.current === here) return;
    const isSamePage = arrived.current?.path === here.path;
    arrived.current = here;
    // A filter has changed: whoever changed it goes on from there.
    if (isSamePage && here.left.scroll === 0) return;
    scrollTo(0, here.left.scroll);
    if (!here.isArrival) return;
    const before = here.left.focus === null ? null : document.getElementById(here.left.focus);
    (before ?? heading.current)?.focus({ preventScroll: true });
  }, [here, isReady]);
  return heading;
}
