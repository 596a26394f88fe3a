import { randomInstant } from './calendar.ts';
import type { CtrlHubData, CtrlHubJobRoleRow } from './data.ts';
import { uuid } from './ids.ts';
import type { Random } from './random.ts';

type Role = { name: string; description: string; required: string[]; optional: string[] };

/** Ctrl Hub does not say what a qualification's entry is (an id, a code, a title), so the roles have all kinds. */
const roles: Role[] = [
  role('Crane Operator', 'Drives the gantry and jib cranes', ['Senior Crane Operator', 'LIFT-3'], ['RIGGER-1']),
  role('Lift Planner', 'Writes the lift plans', ['LIFT-4'], ['Lifting Supervisor']),
  role('Banksman', 'Guides the crane from the ground', ['LIFT-1'], []),
  role('Confined Space Entrant', 'Works in tanks and double bottoms', ['CS-ENTRY'], ['FIRST-AID']),
  role('Confined Space Attendant', 'Keeps watch at the manhole', ['CS-ENTRY', 'FIRST-AID'], []),
  role('Hot Work Supervisor', 'Signs hot work permits', ['Welding Inspector', 'FIRE-2'], ['CS-ENTRY']),
  role('Fire Watch', 'Stays an hour after the last spark', ['FIRE-1'], []),
  role('Telex Officer', 'Sent and received telexes', [], []),
  role('First Aider', 'Gives first aid on the yard', ['FIRST-AID'], ['AED']),
  role('Dock Master', 'Floods and drains the dry dock', ['DOCK-5'], ['Naval Architect']),
  role('Mooring Lead', 'Leads the line handlers', ['MOOR-2'], []),
  role('Site Guest Host', 'Accompanies visitors', [], []),
  role('Electrical Isolator', 'Locks out and tags out', ['ELEC-3'], ['Electrical Engineer']),
  role('Scaffold Inspector', 'Tags scaffolds weekly', ['SCAF-2'], []),
  role('Radiation Guard', 'Clears the area for weld radiography', ['RAD-1'], ['Coded Welder']),
  role('Sea Trial Crew', 'Sails on trials', ['STCW-BST', 'MED-ENG1'], ['FIRE-2']),
  role('Stability Approver', 'Approves inclining tests', ['Principal Naval Architect'], []),
  role('Payroll Approver', 'Releases the monthly run', ['Controller'], []),
  role('Works Council Delegate', 'Speaks for the yard', [], ['LAW-SOC']),
  role('Release Manager', 'Ships the yard software', ['Senior Developer'], []),
  role('Waste Coordinator', 'Keeps oil out of the bay', [], ['ENV-1']),
  role('Forklift Driver', 'Drives counterbalance trucks', ['FLT-B1'], []),
  role('Access Platform Operator', 'Works from boom lifts', ['MEWP-3B'], []),
  role('Paint Inspector', 'Measures film thickness', ['FROSIO-II'], ['NACE-2']),
  role('Diving Supervisor', 'Runs the dive from the surface', ['DIVE-5'], []),
];

/** The role of the whole crane crew. */
export const CREW_ROLE_INDEX = 0;

const SOFT_DELETED_INDEX = 7;

/** Roles of the platform itself, which belong to no organisation. */
const platformIndices = new Set([8, 11, 18]);

/** The company, and a sister company whose people work on its site. */
export function createOrganisations(): CtrlHubData['organisations'] {
  return [
    {
      id: uuid('organisation', 1),
      name: 'Hanbit Marine',
      slug: 'hanbit-marine',
      description: 'Builds and repairs ships in Geoje and Saint-Nazaire',
    },
    { id: uuid('organisation', 2), name: 'Hanbit Offshore', slug: 'hanbit-offshore', description: '' },
  ];
}

/** The 25 roles above, repeated crew by crew if `count` is higher. */
export function createJobRoles(
  count: number,
  organisations: CtrlHubData['organisations'],
  random: Random,
): CtrlHubJobRoleRow[] {
  const crews = Math.max(1, Math.ceil(count / roles.length));
  return Array.from({ length: crews }, (_, crew) =>
    roles.map(({ name, description, required, optional }, index) => {
      const isPlatforms = crew === 0 && platformIndices.has(index);
      const organisation = organisations[index % 6 === 4 ? 1 : 0];
      return {
        id: uuid('jobRole', crew * roles.length + index + 1),
        name: crew === 0 ? name : `${name}, crew ${crew + 1}`,
        description,
        jobRoleType: isPlatforms ? 'shared' : 'internal',
        required: [...required],
        optional: [...optional],
        organisationId: isPlatforms ? null : (organisation?.id ?? null),
        createdAt: randomInstant(random, 2021, 2022, 3),
        updatedAt: randomInstant(random, 2023, 2024, 9),
        deletedAt: crew === 0 && index === SOFT_DELETED_INDEX ? '2025-03-31T16:00:00Z' : null,
      };
    }),
  ).flat();
}

function role(name: string, description: string, required: string[], optional: string[]): Role {
  return { name, description, required, optional };
}
