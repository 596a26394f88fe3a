import fc from 'fast-check';
import type { Order, PlainFilter } from './plain-evaluation.ts';
import {
  assignmentTypes,
  familyNames,
  givenNames,
  gradeKeys,
  jobQualificationIds,
  jobRoleIds,
  mailboxes,
  positionKeys,
  professionIds,
} from './random-pools.ts';

/** Any of the values, also none of them, and now and then one that nobody has. */
const someOf = (values: readonly string[], unknown: string): fc.Arbitrary<string[]> =>
  fc
    .tuple(
      fc.oneof(
        { weight: 6, arbitrary: fc.subarray([...values], { minLength: Math.ceil(values.length / 2) }) },
        { weight: 3, arbitrary: fc.subarray([...values], { minLength: 1 }) },
        { weight: 1, arbitrary: fc.constant<string[]>([]) },
      ),
      fc.boolean(),
    )
    .map(([some, withUnknown]) => (withUnknown && some.length > 0 ? [...some, unknown, unknown] : some));

/** Spelled as most are, in capitals, or both: one address is one address. */
const spellingsOf = (address: string): fc.Arbitrary<string[]> =>
  fc.constantFrom([address], [address.toUpperCase()], [address, address.toUpperCase()]);

const emails = someOf(mailboxes, 'nobody')
  .chain((names) => fc.tuple(...names.map((name) => spellingsOf(`${name}@yard.example`))))
  .map((spellings) => spellings.flat());

/** The beginnings of a name or two, of any length and in any case, or something that no name begins with. No word is no condition. */
const search = fc
  .array(
    fc.tuple(
      fc.constantFrom(...givenNames, ...familyNames, 'Xq', 'person', 'Yard'),
      fc.integer({ min: 1, max: 4 }),
      fc.boolean(),
    ),
    {
      maxLength: 2,
    },
  )
  .map((parts) =>
    parts
      .map(([name, length, inCapitals]) => {
        const start = [...name].slice(0, length).join('');
        return inCapitals ? start.toUpperCase() : start;
      })
      .join(' '),
  );

const whole: { [Member in keyof PlainFilter]-?: fc.Arbitrary<NonNullable<PlainFilter[Member]>> } = {
  search,
  emails,
  status: someOf(['ACTIVE', 'UPCOMING', 'DEACTIVATED'], 'ACTIVE'),
  gradeKeys: someOf(gradeKeys, 'G7'),
  positionKeys: someOf(positionKeys, 'P7'),
  jobQualificationIds: someOf(jobQualificationIds, '7777'),
  professionIds: someOf(professionIds, '7778'),
  minRank: fc.integer({ min: -1, max: 6 }),
  jobRoleIds: someOf(jobRoleIds, '401e0000-0000-4000-8000-00000000ffff'),
  assignmentType: fc.constantFrom(...assignmentTypes, 'nowhere'),
  hasGrade: fc.boolean(),
  hasPosition: fc.boolean(),
  hasJobQualification: fc.boolean(),
  hasJobRole: fc.boolean(),
};

type Member = keyof PlainFilter;
const allMembers: Member[] = [
  'search',
  'emails',
  'status',
  'gradeKeys',
  'positionKeys',
  'jobQualificationIds',
  'professionIds',
  'minRank',
  'jobRoleIds',
  'assignmentType',
  'hasGrade',
  'hasPosition',
  'hasJobQualification',
  'hasJobRole',
];

/** None to all of the members, mostly few: many conditions at once match nobody. */
export const filterOf = (...members: Member[]): fc.Arbitrary<PlainFilter> =>
  fc
    .tuple(
      fc.record(whole),
      fc.oneof(
        { weight: 8, arbitrary: fc.subarray(members, { maxLength: Math.min(3, members.length) }) },
        { weight: 1, arbitrary: fc.subarray(members) },
      ),
    )
    .map(([values, asked]) => {
      const filter: PlainFilter = { ...values };
      for (const member of allMembers) if (!asked.includes(member)) delete filter[member];
      return filter;
    });

export const anyFilter = filterOf(...allMembers);

export const order = fc.constantFrom<Order>(
  'FAMILY_NAME_ASC',
  'FAMILY_NAME_ASC',
  'FAMILY_NAME_DESC',
  'CREATED_AT_ASC',
  'CREATED_AT_DESC',
  'GRADE_ASC',
  'GRADE_DESC',
  'POSITION_ASC',
  'POSITION_DESC',
  'HIRED_ON_ASC',
  'HIRED_ON_DESC',
);

/** Of one page after the other, beginning again when they are used up. */
export const pageSizes = fc.array(fc.oneof(fc.integer({ min: 1, max: 7 }), fc.constantFrom(24, 25, 26, 100)), {
  minLength: 1,
  maxLength: 3,
});
