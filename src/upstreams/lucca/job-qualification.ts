import type { JobQualification } from '../../domain/organisation.ts';
import { InputError } from '../../errors.ts';
import { invalidResponse, parseJson } from '../../http/json.ts';
import type { LuccaApi } from './api.ts';
import { toJobQualification } from './to-domain.ts';
import { jobQualificationWire } from './wire.ts';

const subject = 'The job qualification';
const maxSegmentLength = 2_000;

/** One job qualification, or null where there is none or the id cannot be one (Lucca docs: get job-qualification). */
export async function getJobQualification(
  api: LuccaApi,
  id: string,
  ifMatch: string | undefined,
): Promise<JobQualification | null> {
  if (ifMatch !== undefined && !/^[\x20-\x7e]+$/.test(ifMatch)) throw new InputError('ifMatch is not an ETag.');
  const segment = toPathSegment(id);
  if (segment === null) return null;
  return api.get({
    subject,
    scope: 'job-qualifications.readonly',
    path: `job-qualifications/${segment}`,
    ifMatch,
    whenMissing: () => null,
    read: (text) => {
      const found = toJobQualification(parseJson(text, jobQualificationWire, { upstream: 'LUCCA', subject }));
      if (found.luccaId === id) return found;
      throw invalidResponse({ upstream: 'LUCCA', subject }, `${subject}: another one came than was asked for.`);
    },
  });
}

/** The id as one segment that no proxy can take for something else, or null where that cannot be had. */
function toPathSegment(id: string): string | null {
  if (id.trim() === '' || id === '.' || id === '..' || !id.isWellFormed()) return null;
  const segment = encodeURIComponent(id);
  return segment.length > maxSegmentLength ? null : segment;
}
