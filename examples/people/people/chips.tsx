import type { Choices } from './choices-query.ts';
import { conditionNames } from './filters.tsx';
import { type Choosable, everybody, type Wanted } from './wanted.ts';

type Props = { wanted: Wanted; choices: Record<Choosable, Choices>; onChange: (wanted: Wanted) => void };

/** The conditions that hold, each to be taken away again. */
export function Chips({ wanted, choices, onChange }: Props) {
  const chips = chipsOf(wanted, choices);
  if (chips.length === 0) return null;
  return (
    <ul class="chips" aria-label="Filters that are on">
      {chips.map(({ label, without }) => (
        <li key={label}>
          <button type="button" onClick={() => onChange(without)} aria-label={`Remove ${label}`}>
            {label}
            <span aria-hidden="true"> ×</span>
          </button>
        </li>
      ))}
      <li>
        <button type="button" class="plain" onClick={() => onChange({ ...everybody, order: wanted.order })}>
          Clear all
        </button>
      </li>
    </ul>
  );
}

function chipsOf(wanted: Wanted, choices: Props['choices']): { label: string; without: Wanted }[] {
  const chosen = Object.entries(choices).flatMap(([name, { choices: known }]) => {
    const condition = conditionOf(name);
    if (condition === undefined) return [];
    const values: readonly string[] = wanted[condition];
    return values.map((value) => ({
      // Where the choices are not known, the key is all there is to tell.
      label: `${conditionNames[condition]}: ${known.find((it) => it.value === value)?.label ?? value}`,
      without: { ...wanted, [condition]: values.filter((it) => it !== value) },
    }));
  });
  const { search, minRank, hiredFrom, hiredUntil } = wanted;
  return [
    ...(search.trim() === '' ? [] : [{ label: `Name: ${search.trim()}`, without: { ...wanted, search: '' } }]),
    ...chosen,
    ...(minRank === null ? [] : [{ label: `Rank ${minRank} or more`, without: { ...wanted, minRank: null } }]),
    ...(hiredFrom === null ? [] : [{ label: `Hired from ${hiredFrom}`, without: { ...wanted, hiredFrom: null } }]),
    ...(hiredUntil === null ? [] : [{ label: `Hired until ${hiredUntil}`, without: { ...wanted, hiredUntil: null } }]),
  ];
}

const conditionOf = (name: string): Choosable | undefined => conditionList.find((it) => it === name);
const conditionList: readonly Choosable[] = ['grade', 'position', 'role', 'profession', 'status'];
