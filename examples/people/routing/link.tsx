import type { AnchorHTMLAttributes } from 'preact';
import { go } from './place.ts';

/** A link to another page of this one. New tabs and windows are the browser's own affair. */
export function Link({ href, ...rest }: { href: string } & AnchorHTMLAttributes) {
  const follow = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    go(href);
  };
  return <a href={href} onClick={follow} {...rest} />;
}
