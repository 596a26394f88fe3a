import { type NodeType, parseNodeId } from '../src/domain/node-id.ts';
import { toText } from '../src/domain/text.ts';
import type { FieldError } from './mutation-results.ts';
import type { Checked } from './write.ts';

const holderMembers = ['employeeId', 'ctrlHubUserId'] as const;
const roleMembers = ['jobRoleId', 'ctrlHubRoleId'] as const;

type HolderMember = (typeof holderMembers)[number];
type RoleMember = (typeof roleMembers)[number];

/** Null means absent. */
export type CreateAssignmentInput = { [Member in HolderMember | RoleMember | 'type']?: string | null | undefined };

/** The given members. The key of an employee is the graph's own; all other keys are Ctrl Hub's ids. */
export type CheckedAssignment = {
  holder: { member: HolderMember; key: string };
  role: { member: RoleMember; key: string };
  type: string | null;
};

/** Ctrl Hub documents no limit. */
const maxTypeLength = 100;

export function checkAssignment(input: CreateAssignmentInput): Checked<CheckedAssignment> {
  const faults: FieldError[] = [];
  const holder = onlyOneOf(holderMembers, input, faults);
  const role = onlyOneOf(roleMembers, input, faults);
  const type = input.type == null ? null : toText(input.type);
  const isUsable = type !== null && type.length <= maxTypeLength && /^[^\p{Cc}\p{Cs}]*$/u.test(type);
  if (input.type != null && !isUsable) {
    faults.push({ path: ['type'], message: `expected 1 to ${maxTypeLength} characters, without control characters` });
  }
  return holder === null || role === null || faults.length > 0 ? { faults } : { value: { holder, role, type } };
}

function onlyOneOf<Member extends HolderMember | RoleMember>(
  pair: readonly [Member, Member],
  input: CreateAssignmentInput,
  faults: FieldError[],
): { member: Member; key: string } | null {
  const given = pair.filter((member) => input[member] != null);
  if (given.length !== 1) {
    const got = given.length === 0 ? 'neither' : 'both';
    faults.push({ path: [pair[0]], message: `expected exactly one of ${pair.join(' and ')}, got ${got}` });
  }
  const keys = given.map((member) => ({ member, key: readKey[member](input[member] ?? '') }));
  for (const { member, key } of keys) if (key === null) faults.push({ path: [member], message: expected[member] });
  const [only] = keys;
  return only === undefined || only.key === null ? null : { member: only.member, key: only.key };
}

const readKey: Record<HolderMember | RoleMember, (id: string) => string | null> = {
  employeeId: (id) => keyOf('Employee', id),
  ctrlHubUserId: uuidOf,
  jobRoleId: (id) => uuidOf(keyOf('JobRole', id) ?? ''),
  ctrlHubRoleId: uuidOf,
};

const expected: Record<HolderMember | RoleMember, string> = {
  employeeId: 'expected the id of an Employee of this graph',
  ctrlHubUserId: "expected a UUID, as Ctrl Hub's user ids are",
  jobRoleId: 'expected the id of a JobRole of this graph',
  ctrlHubRoleId: "expected a UUID, as Ctrl Hub's role ids are",
};

function keyOf(type: NodeType, id: string): string | null {
  const parsed = parseNodeId(id);
  return parsed?.type === type ? parsed.key : null;
}

function uuidOf(id: string): string | null {
  return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id) ? id.toLowerCase() : null;
}
