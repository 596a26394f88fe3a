import { randomInstant } from './calendar.ts';
import { CREW_ROLE_INDEX, createJobRoles, createOrganisations } from './ctrl-hub-catalogue.ts';
import type { CtrlHubData, CtrlHubJobRoleRow } from './data.ts';
import { emailAddress } from './identity-cases.ts';
import { uuid } from './ids.ts';
import type { Person } from './people.ts';
import type { Random } from './random.ts';
import { spread } from './spread.ts';

/** Gives enough roles that none has nearly a hundred assignments, for any number of people. */
const PEOPLE_PER_ROLE = 16;

const assignmentTypes = ['main_layer', 'main_layer', 'main_layer', 'main_layer', 'cover', 'cover', 'trainee', null];
/** Ctrl Hub writes instants with any of these numbers of fraction digits. */
const fractionDigits = [0, 3, 9];

/** Small enough that six steps over the 24 open roles do not reach the first one again. */
const ROLE_STEP = 3;

const organisationsOf = spread<readonly number[]>([
  [18, [0]],
  [3, [0, 1]],
  [2, [1]],
]);
const namesOf = spread<'both' | 'no-first' | 'no-last' | 'neither'>([
  [47, 'both'],
  [3, 'no-first'],
  [1, 'no-last'],
  [2, 'neither'],
]);
const assignmentCountOf = spread<number>([
  [12, 2],
  [15, 1],
  [7, 0],
  [8, 3],
  [6, 4],
  [1, 6],
]);
const hasOneRoleTwice = spread<boolean>([
  [24, false],
  [3, true],
]);

/** The data of Ctrl Hub about its people. */
export function createCtrlHub(people: readonly Person[], random: Random): CtrlHubData {
  const organisations = createOrganisations();
  const jobRoles = createJobRoles(Math.ceil(people.length / PEOPLE_PER_ROLE), organisations, random);
  const users: CtrlHubData['users'] = [];
  const assignments: CtrlHubData['assignments'] = [];

  for (const person of people) {
    const { number, givenName, familyName, mailbox, identity } = person;
    if (identity.ctrlHub === null) continue;
    const userId = uuid('user', number);
    const names = namesOf(person);
    const organisationIds = organisationsOf(person).flatMap((index) => organisations[index]?.id ?? []);
    users.push({
      id: userId,
      email: emailAddress(mailbox, identity.ctrlHub),
      firstName: names === 'both' || names === 'no-last' ? givenName : '',
      lastName: names === 'both' || names === 'no-first' ? familyName : '',
      organisationIds,
    });
    for (const { roleId, type } of chooseRoles(person, jobRoles, random)) {
      const createdAt = randomInstant(random, 2022, 2025, random.pick(fractionDigits));
      assignments.push({ id: uuid('assignment', assignments.length + 1), userId, roleId, type, createdAt });
    }
  }
  return { organisations, users, jobRoles, assignments };
}

/** Chooses different roles, except for people who hold their first role twice, with two types. Nobody has the last role. */
function chooseRoles(person: Person, jobRoles: readonly CtrlHubJobRoleRow[], random: Random) {
  const isOnlyInSister = !organisationsOf(person).includes(0);
  const count = Math.max(assignmentCountOf(person), isOnlyInSister ? 1 : 0);
  const open = jobRoles.length - 1;
  const first = person.isCrew ? CREW_ROLE_INDEX : random.below(open);
  const chosen = Array.from({ length: count }, (_, index) => {
    const jobRole = jobRoles[(first + index * ROLE_STEP) % open];
    return jobRole ? [{ roleId: jobRole.id, type: random.pick(assignmentTypes) }] : [];
  }).flat();
  const [firstRole] = chosen;
  if (firstRole && chosen.length > 1 && hasOneRoleTwice(person)) {
    chosen[1] = { roleId: firstRole.roleId, type: firstRole.type === 'cover' ? 'main_layer' : 'cover' };
  }
  return chosen;
}
