import { z } from 'zod';
import type { EmulatorRequest } from '../emulator.ts';
import type { NaverKnobs } from './knobs.ts';
import { ServiceRefusal } from './service-error.ts';

/** The samples show only the form with an underscore: ko_KR, en_US. */
const javaLocale = z.string().regex(/^[a-z]{2,3}(_[A-Z]{2})?$/, 'must be a locale such as ko_KR');

const fields = {
  name: z.string().min(1).max(100),
  i18nNames: z.record(javaLocale, z.string()).nullish(),
  itemUsed: z.boolean(),
  // The table says String. The grade samples send a number, the job samples a string of digits.
  sortOrder: z.union([z.int(), z.string().regex(/^-?\d{1,15}(\.0)?$/)]),
  // A read returns these, and a client may send them back.
  tenantId: z.string().optional(),
  companyId: z.string().optional(),
  externalKey: z.string().optional(),
};
const knownFieldsOnly = z.strictObject(fields);
const knownFields = z.object(fields);

export type ItemBody = z.infer<typeof knownFields>;

/**
 * The body of a POST or PUT of a grade or job, which always has the whole object (NAVER, Job grade v2: request body
 * parameters). Throws ServiceRefusal for a body or content type that is not JSON, and for missing or wrong fields.
 */
export function readItemBody(
  { headers, body }: EmulatorRequest,
  knobs: NaverKnobs,
  own: { companyId: string; externalKey: string },
): ItemBody {
  const contentType = headers['content-type'] ?? 'application/json';
  if (!/^application\/json\s*(;|$)/i.test(contentType)) {
    throw new ServiceRefusal('unreadableBody', 'Content-Type must be application/json');
  }
  const parsed = (knobs.unknownBodyFields === 'refuse' ? knownFieldsOnly : knownFields).safeParse(jsonOf(body));
  if (parsed.success) {
    refuseForeignKeys(parsed.data, own);
    return parsed.data;
  }
  const [issue] = parsed.error.issues;
  throw new ServiceRefusal('invalidBody', `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'invalid'}`);
}

function refuseForeignKeys(body: ItemBody, own: { companyId: string; externalKey: string }): void {
  const expected = { tenantId: own.companyId, companyId: own.companyId, externalKey: own.externalKey };
  for (const name of ['tenantId', 'companyId', 'externalKey'] as const) {
    if (body[name] !== undefined && body[name] !== expected[name]) {
      throw new ServiceRefusal('invalidBody', `${name}: must be that of the path`);
    }
  }
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new ServiceRefusal('unreadableBody', 'the body is not JSON in UTF-8');
  }
}
