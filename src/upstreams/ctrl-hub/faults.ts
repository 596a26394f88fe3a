import { z } from 'zod';
import type { Faulty } from '../../domain/writes.ts';
import { tryParseJson } from '../../http/json.ts';

/** The members of an assignment that a caller chooses. */
export type AssignmentMember = 'user' | 'role' | 'type';

export type AssignmentFaults = Faulty<AssignmentMember>['faults'];

const text = z.string().nullish().catch(null);

const errorDocument = z.object({
  errors: z.array(
    z.object({
      title: text,
      detail: text,
      source: z.object({ pointer: text }).nullish().catch(null),
      meta: z.object({ field: text }).nullish().catch(null),
    }),
  ),
});

/**
 * Ctrl Hub's validation errors of a new assignment; empty if no error names a member of it. The member is in
 * `meta.field` (Ctrl Hub docs: useful information, validation errors) or in JSON:API's `source.pointer`.
 */
export function faultsIn(body: string): AssignmentFaults {
  const { errors } = tryParseJson(body, errorDocument) ?? { errors: [] };
  const faults = errors.map(({ title, detail, source, meta }) => ({
    member: memberAt(meta?.field ?? source?.pointer ?? ''),
    message: withoutAddresses(detail ?? title ?? 'Ctrl Hub does not accept it'),
  }));
  return faults.some(({ member }) => member !== null) ? faults : [];
}

/** Reads both forms: `data.relationships.user.data.id` and `/data/relationships/user`. */
function memberAt(place: string): AssignmentMember | null {
  const [, member] =
    /^[./]?data[./](?:relationships[./](?=user|role)|meta[./](?=type))(user|role|type)\b/.exec(place) ?? [];
  return member === 'user' || member === 'role' || member === 'type' ? member : null;
}

const longestMessage = 200;

const withoutAddresses = (message: string): string =>
  message
    .replace(/\S*@\S*/g, '…')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, longestMessage);
