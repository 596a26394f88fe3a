import { whenLoaded } from '../src/domain/awaitable.ts';
import type { Organisation } from '../src/domain/organisation.ts';
import type { Entity } from './entity.ts';

/** Ctrl Hub has no list of organisations; these are the organisations of visible assignments. */
export const organisationEntity: Entity<Organisation> = {
  plural: 'organisations',
  scope: 'job-roles.readonly',
  dataClass: 'PUBLIC',
  population: 100,
  keyOf: (organisation) => organisation.ctrlHubId,
  byKey: {
    reads: () => ['assignments'],
    find: (key, { loaders }) =>
      whenLoaded(loaders.view(), (view) => {
        const found = view.assignments.organisations.get(key) ?? null;
        if (found === null) view.throwIfSkipped('CTRL_HUB', key);
        return found;
      }),
  },
  otherKeys: {},
};
