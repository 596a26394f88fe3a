import { randomInstant } from './calendar.ts';
import type { LuccaData, LuccaEmployeeRow, LuccaJobQualificationRow } from './data.ts';
import { emailAddress } from './identity-cases.ts';
import { countIdsFrom, employeeNumber, naverExternalKey } from './ids.ts';
import { careerOf } from './lucca-careers.ts';
import { CREW_QUALIFICATION, createLuccaCatalogue, UNHELD_QUALIFICATION } from './lucca-catalogue.ts';
import type { Person } from './people.ts';
import type { Random } from './random.ts';
import { spread } from './spread.ts';

type Ladder = LuccaJobQualificationRow[];

const sites = ['Geoje', 'Saint-Nazaire', 'Gdańsk', 'Setúbal', 'Lagos', 'Hamburg', 'Nagasaki', 'Yard 4 (night shift)'];
const departmentIds = Array.from({ length: 12 }, (_, index) => String(51 + index));

const hasQualification = spread<boolean>([
  [34, true],
  [3, false],
]);
const hasJobTitle = spread<boolean>([
  [28, true],
  [3, false],
]);

/** The data of Lucca about its people. */
export function createLucca(people: readonly Person[], random: Random): LuccaData {
  const catalogue = createLuccaCatalogue(random);
  const ladders = laddersOf(catalogue.jobQualifications);
  const nextEmployeeId = countIdsFrom(20_001);
  const nextEmploymentId = countIdsFrom(40_001);
  const nextPositionId = countIdsFrom(60_001);
  const lucca: LuccaData = { employees: [], employments: [], jobPositions: [], ...catalogue };

  for (const person of people) {
    if (person.identity.lucca === null) continue;
    const employeeId = nextEmployeeId();
    lucca.employees.push(createEmployee(employeeId, person, random));

    const career = careerOf(person, random);
    const steps = career.flatMap(({ positionsStartOn }) => positionsStartOn).length;
    const climbed = climb(person, ladders, steps, random);
    for (const { startsOn, endsOn, positionsStartOn } of career) {
      const employmentId = nextEmploymentId();
      lucca.employments.push({ id: employmentId, employeeId, startsOn, endsOn });
      for (const positionStartsOn of positionsStartOn) {
        const qualification = climbed.shift();
        lucca.jobPositions.push({
          id: nextPositionId(),
          employeeId,
          employmentId,
          startsOn: positionStartsOn,
          jobTitle: qualification && hasJobTitle(person) ? `${qualification.title}, ${random.pick(sites)}` : null,
          jobQualificationId: qualification && hasQualification(person) ? qualification.id : null,
          departmentId: random.pick(departmentIds),
        });
      }
    }
  }
  return lucca;
}

/** The qualifications of successive positions, each a rank above the one before, while there is a lower rank to start at. */
function climb(person: Person, ladders: Ladder[], steps: number, random: Random): Ladder {
  const isCrewQualification = ({ title }: LuccaJobQualificationRow) => title === CREW_QUALIFICATION;
  const ladder = (person.isCrew && ladders.find((rungs) => rungs.some(isCrewQualification))) || random.pick(ladders);
  const top = person.isCrew ? ladder.findIndex(isCrewQualification) : random.below(ladder.length);
  return Array.from({ length: steps }, (_, step) => ladder[Math.max(0, top - (steps - 1 - step))] ?? []).flat();
}

function createEmployee(id: string, person: Person, random: Random): LuccaEmployeeRow {
  const { number, givenName, familyName, mailbox, identity } = person;
  const agreesOnKey = identity.agreement === 'every' || identity.agreement === 'remote-id';
  return {
    id,
    remoteId: agreesOnKey ? naverExternalKey(number) : null,
    // Lucca requires a given name, so people without one get a dash.
    givenName: givenName || '-',
    familyName,
    email: identity.lucca === null || identity.lucca === 'none' ? null : emailAddress(mailbox, identity.lucca),
    employeeNumber: identity.agreement === 'nothing' ? null : employeeNumber(number),
    createdAt: randomInstant(random, 2017, 2021, 4),
    lastUpdatedAt: randomInstant(random, 2022, 2025, 4),
  };
}

/** The qualifications of each profession that people may have, from the lowest rank up. */
function laddersOf(qualifications: readonly LuccaJobQualificationRow[]): Ladder[] {
  const assignable = qualifications.filter(({ title }) => title !== UNHELD_QUALIFICATION);
  const byProfession = Map.groupBy(assignable, ({ professionId }) => professionId);
  return [...byProfession.values()].map((ladder) => ladder.sort((a, b) => a.rank - b.rank));
}
