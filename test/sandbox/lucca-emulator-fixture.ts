import { z } from 'zod';
import type { LuccaData } from '../../src/sandbox/company/data.ts';
import { type LuccaEmulator, type LuccaOptions, startLuccaEmulator } from '../../src/sandbox/lucca/lucca-emulator.ts';

export const stamp = { createdAt: '2024-01-15T08:00:00.1230Z', lastUpdatedAt: '2024-01-15T08:00:00.1230Z' };
export const person = (id: string, givenName: string, familyName: string, email: string | null) => {
  return { id, remoteId: null, givenName, familyName, email, employeeNumber: null, ...stamp };
};
export const position = (
  id: string,
  employeeId: string,
  employmentId: string,
  startsOn: string,
  jobQualificationId: string | null,
) => ({ id, employeeId, employmentId, startsOn, jobTitle: null, jobQualificationId, departmentId: '6001' });

/** Today is 2026-05-04: Ines is employed, Kwame starts in June, Maja left, Bao came back, Lars never started. */
const company = (): LuccaData => ({
  employees: [
    person('1001', 'Inês', 'Ferreira-Costa', 'ines@example.com'),
    person('1002', 'Kwame', 'Mensah', null),
    person('1003', 'Maja', 'Nowak', 'Maja@example.com'),
    person('999', 'Bao', 'Tran', 'bao@example.com'),
    person('1010', 'Lars', 'Costa', 'lars@example.com'),
  ],
  employments: [
    { id: '2001', employeeId: '1001', startsOn: '2024-01-01', endsOn: null },
    { id: '2002', employeeId: '1002', startsOn: '2026-06-01', endsOn: null },
    { id: '2003', employeeId: '1003', startsOn: '2020-01-01', endsOn: '2026-05-03' },
    { id: '2004', employeeId: '999', startsOn: '2020-01-01', endsOn: '2021-12-31' },
    { id: '2005', employeeId: '999', startsOn: '2026-05-04', endsOn: '2026-05-04' },
  ],
  jobPositions: [
    position('3001', '1001', '2001', '2024-01-01', '31'),
    position('3002', '1001', '2001', '2025-07-01', '32'),
    position('3003', '1002', '2002', '2026-06-01', '31'),
    position('3004', '1003', '2003', '2020-01-01', null),
    position('3005', '999', '2005', '2026-05-04', '31'),
  ],
  jobQualifications: [
    {
      id: '31',
      title: 'Senior Baker',
      professionId: '41',
      rank: 3,
      titles: { 'fr-FR': 'Boulanger confirmé' },
      ...stamp,
    },
    { id: '32', title: 'Head Baker', professionId: '41', rank: 4, titles: {}, ...stamp },
  ],
  professions: [{ id: '41', title: 'Baker', isArchived: false, titles: {} }],
});

const scopes = ['employees.readonly', 'employments.readonly', 'job-positions.readwrite', 'job-qualifications.readonly'];

const link = z.looseObject({ href: z.string() }).nullish();
const bodyShape = z.looseObject({
  items: z.array(z.looseObject({ id: z.string() })).default([]),
  links: z.looseObject({ prev: link, next: link }).nullish(),
});

/** An emulated tenant, without a rate limit unless asked, and the requests that the tests send it. */
export type Tenant = {
  lucca: LuccaEmulator;
  /** GET (or another method) with a token and a version, unless the headers say otherwise; `path` may be a whole URL. */
  get(path: string, headers?: Record<string, string>, method?: string): Promise<Response>;
  /** The body of a GET that must succeed. */
  read(path: string): Promise<z.infer<typeof bodyShape>>;
  idsOf(path: string): Promise<string[]>;
  postToken(form: Record<string, string>): Promise<Response>;
  /** Authorization for the scopes given; for all when empty. */
  authorize(scope: string): Promise<string>;
};

export async function startTenant(options: Partial<LuccaOptions> = {}): Promise<Tenant> {
  const lucca = await startLuccaEmulator({
    data: company(),
    now: () => new Date('2026-05-04T12:00:00Z'),
    rateLimit: null,
    clients: { ours: { secret: 's', scopes } },
    ...options,
  });
  const postToken = (form: Record<string, string>) =>
    fetch(lucca.tokenUrl, { method: 'POST', body: new URLSearchParams(form) });
  const authorize = async (scope: string) => {
    const form = { grant_type: 'client_credentials', client_id: 'ours', client_secret: 's', ...(scope && { scope }) };
    const answer = z.object({ access_token: z.string() }).parse(await (await postToken(form)).json());
    return `Bearer ${answer.access_token}`;
  };
  const authorization = await authorize('');
  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    fetch(path.startsWith('http') ? path : `${lucca.baseUrl}${path}`, {
      method,
      headers: { authorization, 'api-version': '2024-11-01', ...headers },
    });
  const read = async (path: string) => {
    const response = await get(path);
    if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return bodyShape.parse(await response.json());
  };
  const idsOf = async (path: string) => (await read(path)).items.map((it) => it.id);
  return { lucca, get, read, idsOf, postToken, authorize };
}
