import type { ZodType } from 'zod';
import type { SkippedRow } from '../../domain/list-reading.ts';
import type { Sharing } from '../../domain/text.ts';
import { parseJson } from '../../http/json.ts';
import type { Asked } from './failure.ts';
import { toEmployee, toEmployment, toJobPosition, toJobQualification, toProfession } from './to-domain.ts';
import {
  type EmbeddedWire,
  employeeWire,
  employmentWire,
  jobPositionWire,
  jobQualificationWire,
  listWire,
  professionWire,
} from './wire.ts';

/** One page as it came: rows in our terms, and the link to the page after it. */
export type Listed<Row> = {
  rows: Row[];
  skipped: SkippedRow[];
  nextHref: string | null;
  totalCount: number | null;
};

/** A collection of the API: its path below the base URL, the scope that it takes, and how a page of it is read. */
export type Resource<Row> = Asked & { path: string; read: (text: string, shared: Sharing) => Listed<Row> };

function resource<Wire, Row>(
  path: string,
  scope: string,
  wire: ZodType<Wire>,
  toRow: (wire: Wire, embedded: EmbeddedWire, shared: Sharing) => Row,
): Resource<Row> {
  const subject = `The list of ${path}`;
  const schema = listWire(wire);
  return {
    path,
    scope,
    subject,
    read: (text, shared) => {
      const { items, embedded, links, totalCount } = parseJson(text, schema, { upstream: 'LUCCA', subject });
      return {
        rows: items.map((it) => toRow(it, embedded, shared)),
        skipped: [],
        nextHref: links?.next?.href ?? null,
        totalCount: totalCount ?? null,
      };
    },
  };
}

export const employees = resource('employees', 'employees.readonly', employeeWire, toEmployee);
export const jobPositions = resource('job-positions', 'job-positions.readonly', jobPositionWire, (wire, _, shared) =>
  toJobPosition(wire, shared),
);
export const employments = resource('employments', 'employments.readonly', employmentWire, (wire, _, shared) =>
  toEmployment(wire, shared),
);
export const jobQualifications = resource(
  'job-qualifications',
  'job-qualifications.readonly',
  jobQualificationWire,
  toJobQualification,
);
export const professions = resource('professions', 'job-qualifications.readonly', professionWire, toProfession);
