import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

type Props = { label: string; chosen: number; children: ComponentChildren };

/** A button with a panel of conditions below it, which Escape, a click elsewhere and leaving it by Tab close. */
export function Menu({ label, chosen, children }: Props) {
  const menu = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const closeUnlessIn = (event: Event) => {
      const isInside = event.target instanceof Node && menu.current?.contains(event.target);
      if (menu.current !== null && !isInside) menu.current.open = false;
    };
    addEventListener('pointerdown', closeUnlessIn);
    addEventListener('focusin', closeUnlessIn);
    return () => {
      removeEventListener('pointerdown', closeUnlessIn);
      removeEventListener('focusin', closeUnlessIn);
    };
  }, []);
  const closeByKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || menu.current?.open !== true) return;
    menu.current.open = false;
    menu.current.querySelector('summary')?.focus();
  };
  return (
    <details class="menu" ref={menu} onKeyDown={closeByKey}>
      <summary>
        {label}
        {chosen > 0 && (
          <span class="count">
            {chosen}
            <span class="hidden"> chosen</span>
          </span>
        )}
      </summary>
      <fieldset>
        <legend>{label}</legend>
        {children}
      </fieldset>
    </details>
  );
}
