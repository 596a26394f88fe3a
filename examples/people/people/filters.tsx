import { useSignal } from '@preact/signals';
import type { Choices } from './choices-query.ts';
import { Menu } from './menu.tsx';
import { SearchField } from './search-field.tsx';
import { type Choosable, isOrder, orders, type Wanted } from './wanted.ts';

export const conditionNames: Record<Choosable, string> = {
  grade: 'Grade',
  position: 'Position',
  role: 'Job role',
  profession: 'Profession',
  status: 'Status',
};

const conditions = ['grade', 'position', 'role', 'profession', 'status'] as const satisfies Choosable[];

type Props = {
  wanted: Wanted;
  choices: Record<Choosable, Choices>;
  /** `whileTyping`: one of many changes that going back undoes at once. */
  onChange: (wanted: Wanted, options?: { whileTyping: boolean }) => void;
};

export function Filters({ wanted, choices, onChange }: Props) {
  const isOpen = useSignal(false);
  const more = [wanted.minRank, wanted.hiredFrom, wanted.hiredUntil].filter((it) => it !== null).length;
  const count = more + conditions.reduce((sum, it) => sum + wanted[it].length, 0);
  return (
    <search class="filters">
      <SearchField
        value={wanted.search}
        onChange={(search) => onChange({ ...wanted, search }, { whileTyping: true })}
      />
      <button
        type="button"
        class="toggle"
        aria-expanded={isOpen.value}
        aria-controls="conditions"
        onClick={() => {
          isOpen.value = !isOpen.value;
        }}
      >
        Filters{count > 0 && ` (${count})`}
      </button>
      <div id="conditions" class={isOpen.value ? 'open' : ''}>
        {conditions.map((name) => (
          <Menu key={name} label={conditionNames[name]} chosen={wanted[name].length}>
            <Checks name={name} {...choices[name]} wanted={wanted} onChange={onChange} />
          </Menu>
        ))}
        <Menu label="More" chosen={more}>
          <Bounds wanted={wanted} onChange={onChange} />
        </Menu>
      </div>
      <label class="order">
        <span>Sort by</span>
        <select
          value={wanted.order}
          onChange={({ currentTarget: { value } }) => isOrder(value) && onChange({ ...wanted, order: value })}
        >
          {Object.entries(orders).map(([order, label]) => (
            <option key={order} value={order}>
              {label}
            </option>
          ))}
        </select>
      </label>
    </search>
  );
}

type ChecksProps = Pick<Props, 'wanted' | 'onChange'> & Choices & { name: Choosable };

function Checks({ name, choices, hint, wanted, onChange }: ChecksProps) {
  const chosen: readonly string[] = wanted[name];
  const toggle = (value: string, isChosen: boolean) =>
    onChange({ ...wanted, [name]: isChosen ? [...chosen, value] : chosen.filter((it) => it !== value) });
  return (
    <>
      {hint !== null && <p class="hint">{hint}</p>}
      {choices.map(({ value, label }) => (
        <label key={value} class="check">
          <input
            type="checkbox"
            checked={chosen.includes(value)}
            onChange={({ currentTarget }) => toggle(value, currentTarget.checked)}
          />
          {label}
        </label>
      ))}
    </>
  );
}

function Bounds({ wanted, onChange }: Pick<Props, 'wanted' | 'onChange'>) {
  return (
    <>
      <label class="bound">
        Rank of the qualification, at least
        <input
          type="number"
          min="1"
          value={wanted.minRank ?? ''}
          onChange={({ currentTarget: { valueAsNumber } }) =>
            onChange({ ...wanted, minRank: valueAsNumber >= 1 ? Math.floor(valueAsNumber) : null })
          }
        />
      </label>
      {(['hiredFrom', 'hiredUntil'] as const).map((name) => (
        <label key={name} class="bound">
          {name === 'hiredFrom' ? 'Hired on or after' : 'Hired on or before'}
          <input
            type="date"
            value={wanted[name] ?? ''}
            onChange={({ currentTarget }) => onChange({ ...wanted, [name]: currentTarget.value || null })}
          />
        </label>
      ))}
    </>
  );
}
