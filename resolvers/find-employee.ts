import { type Awaitable, whenThere } from '../src/domain/awaitable.ts';
import type { Employee } from '../src/domain/employee.ts';
import type { EmployeeBy } from '../src/domain/filters.ts';
import { parseNodeId } from '../src/domain/node-id.ts';
import { type ListName, peopleListNames } from '../src/loaders/list-names.ts';
import type { Asked } from '../src/loaders/plan.ts';
import type { View } from '../src/loaders/view.ts';
import type { Context } from './context.ts';
import type { Entity } from './entity.ts';
import { keyOfNode } from './node.ts';

export const employeeEntity: Entity<Employee> = {
  plural: 'employees',
  scope: 'employees.readonly',
  dataClass: 'PERSONAL',
  population: 20_000,
  keyOf: (employee) => employee.id,
  byKey: {
    reads: readsOfIdentifier,
    find: (key, { loaders }) => whenThere(loaders.view(), (view) => view.byIdentifier(key)),
  },
  otherKeys: {
    email: {
      argument: 'emails',
      description: 'At most 1,000, in any case.',
      reads: () => peopleListNames,
      // A text that is no address is nobody's: the keys of other graphs are not ours to refuse.
      find: (text, { loaders }) => whenThere(loaders.view(), (view) => view.byEmail(text)),
    },
  },
};

/** Who is asked for by an identifier of the lead directory is found there; by any other, whoever leads has to be known. */
function readsOfIdentifier(id: string): readonly ListName[] {
  if (id.startsWith('L:')) return ['employees'];
  return id.startsWith('C:') ? peopleListNames : ['employees', 'people'];
}

export function readsOfBy({ args: { by } }: Asked<{ by: EmployeeBy }>): readonly ListName[] {
  if (by.id != null) {
    const id = parseNodeId(by.id);
    return id?.type === 'Employee' ? readsOfIdentifier(id.key) : [];
  }
  if (by.luccaId != null) return ['employees'];
  return by.naverExternalKey != null ? ['employees', 'people'] : peopleListNames;
}

/** Null for nobody. Throws ConflictError for an e-mail address that several people have. */
export function employee(_: unknown, { by }: { by: EmployeeBy }, { loaders }: Context): Awaitable<Employee | null> {
  const id = by.id == null ? null : keyOfNode('Employee', by.id, 'by.id');
  return whenThere(loaders.view(), (view) => (id === null ? found(by, view) : view.byIdentifier(id)));
}

function found({ email, luccaId, ctrlHubId, naverExternalKey }: EmployeeBy, view: View): Employee | null {
  if (email != null) return view.byEmail(email);
  if (luccaId != null) return view.byIdentifier(`L:${luccaId}`);
  if (ctrlHubId != null) return view.byIdentifier(`C:${ctrlHubId}`);
  if (naverExternalKey == null) return null;
  // Rows that were made in NAVER's own screens have no external key.
  return view.byIdentifier(`N:${naverExternalKey}`) ?? view.byIdentifier(`W:${naverExternalKey}`);
}
