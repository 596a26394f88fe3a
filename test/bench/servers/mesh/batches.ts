import DataLoader from 'dataloader';
import type { AssignmentRow, JobPosition, Organisation, Role } from '../hand/rows.ts';
import { type Context, once, read } from './sdk.ts';

export const jobPositions = (context: Context): DataLoader<string, JobPosition | null> =>
  once(
    context,
    'job positions',
    () =>
      new DataLoader(async (ids) => {
        const selected = '{ items { id jobTitle jobQualification { id } } }';
        const args = { id: ids.join(','), limit: 100 };
        const { items } = await read<{ items: JobPosition[] }>(context, 'Lucca', 'luccaJobPositions', args, selected);
        const byId = new Map(items.map((it) => [it.id, it]));
        return ids.map((id) => byId.get(id) ?? null);
      }),
  );

type Assignments = { data: AssignmentRow[]; included: (Role | Organisation)[] | null };
export type MeshAssignment = ReturnType<typeof toAssignment>;

/** One page holds the assignments of all: Ctrl Hub documents no limit of `limit`. */
export const assignments = (context: Context): DataLoader<string, MeshAssignment[]> =>
  once(
    context,
    'assignments',
    () =>
      new DataLoader(async (userIds) => {
        const selected = `{
          data { id meta { created_at type } relationships { user { data { id } } role { data { id } } } }
          included {
            id type
            attributes { name description qualifications { required optional } }
            relationships { organisation { data { id } } }
          }
        }`;
        const filter = `user(${userIds.map((id) => `'${id}'`).join()})`;
        const args = { filter, include: 'role,organisation', limit: 1000 };
        const { data, included } = await read<Assignments>(context, 'CtrlHub', 'ctrlHubAssignments', args, selected);
        const byId = new Map((included ?? []).map((it) => [it.id, it]));
        const byUser = Map.groupBy(data, (row) => row.relationships.user.data.id);
        return userIds.map((id) => (byUser.get(id) ?? []).map((row) => toAssignment(row, byId)));
      }),
  );

function toAssignment({ meta, relationships }: AssignmentRow, byId: Map<string, Role | Organisation>) {
  const role = byId.get(relationships.role.data.id);
  const assignment = { type: meta.type ?? null, createdAt: meta.created_at };
  if (role?.type !== 'job-roles') return { ...assignment, role: null };
  const { name, description, qualifications } = role.attributes;
  const organisation = byId.get(role.relationships.organisation.data?.id ?? '')?.attributes.name ?? null;
  const { required: requiredQualifications, optional: optionalQualifications } = qualifications;
  return {
    ...assignment,
    role: { name, description, requiredQualifications, optionalQualifications, organisation },
  };
}
