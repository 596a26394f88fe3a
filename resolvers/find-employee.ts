import { type Awaitable, whenLoaded } from '../src/domain/awaitable.ts';
import type { Employee } from '../src/domain/employee.ts';
import type { EmployeeBy } from '../src/domain/filters.ts';
import { parseNodeId } from '../src/domain/node-id.ts';
import { upstreams } from '../src/domain/upstream.ts';
import { type ListName, peopleListNames, peopleListsOf } from '../src/loaders/list-names.ts';
import { upstreamOfIdentifier } from '../src/loaders/people-sources.ts';
import type { ReadsInput } from '../src/loaders/plan.ts';
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
    find: (key, { loaders }) => whenLoaded(loaders.view(), (view) => view.byIdentifier(key)),
  },
  otherKeys: {
    email: {
      argument: 'emails',
      description: 'At most 1,000, in any case.',
      reads: () => peopleListNames,
      // A text that is no address finds nobody, without an error: other graphs choose their keys.
      find: (text, { loaders }) => whenLoaded(loaders.view(), (view) => view.byEmail(text)),
    },
  },
};

/** An identifier is looked up in its own upstream; the person's leading record can be in an earlier one. */
function readsOfIdentifier(id: string): readonly ListName[] {
  const upstream = upstreamOfIdentifier(id);
  return upstream === undefined ? [] : upstreams.slice(0, upstreams.indexOf(upstream) + 1).flatMap(peopleListsOf);
}

export function readsOfBy({ args: { by } }: ReadsInput<{ by: EmployeeBy }>): readonly ListName[] {
  if (by.id != null) {
    const id = parseNodeId(by.id);
    return id?.type === 'Employee' ? readsOfIdentifier(id.key) : [];
  }
  if (by.luccaId != null) return readsOfIdentifier('L:');
  return by.naverExternalKey != null ? readsOfIdentifier('N:') : peopleListNames;
}

/** Null if nobody matches. Throws ConflictError for an e-mail address that several people have. */
export function employee(_: unknown, { by }: { by: EmployeeBy }, { loaders }: Context): Awaitable<Employee | null> {
  const id = by.id == null ? null : keyOfNode('Employee', by.id, 'by.id');
  return whenLoaded(loaders.view(), (view) => (id === null ? found(by, view) : view.byIdentifier(id)));
}

function found({ email, luccaId, ctrlHubId, naverExternalKey }: EmployeeBy, view: View): Employee | null {
  if (email != null) return view.byEmail(email);
  if (luccaId != null) return view.byIdentifier(`L:${luccaId}`);
  if (ctrlHubId != null) return view.byIdentifier(`C:${ctrlHubId}`);
  if (naverExternalKey == null) return null;
  // Rows created in NAVER's own screens have no external key, only an empId.
  return view.byIdentifier(`N:${naverExternalKey}`) ?? view.byIdentifier(`W:${naverExternalKey}`);
}
