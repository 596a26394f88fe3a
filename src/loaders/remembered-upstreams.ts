import type { Upstream } from '../domain/upstream.ts';
import type { CtrlHubClient } from '../upstreams/ctrl-hub/client.ts';
import type { LuccaClient, LuccaEmployeesQuery } from '../upstreams/lucca/client.ts';
import type { NaverClient } from '../upstreams/naver/client.ts';
import type { Clients, Upstreams } from '../upstreams/upstreams.ts';
import type { Memory } from './memory.ts';
import { question } from './questions.ts';

/** The same upstreams, whose lists and look-ups are shared and remembered. Writes, and reads around them, go through. */
export function rememberedUpstreams(upstreams: Upstreams, memory: Memory): Upstreams {
  const remember =
    <A extends unknown[], T>(upstream: Upstream, name: string, read: (...args: A) => Promise<T>) =>
    async (...args: A): Promise<T> =>
      (await memory.read(question(upstream, name, ...args), () => read(...args))).value;

  /** Rows with everything embedded serve whoever asks for less. */
  const richest = (query: LuccaEmployeesQuery): LuccaEmployeesQuery => {
    const richer = { ...query, embedded: true };
    return memory.isAtHand(question('LUCCA', 'employees', richer).key) ? richer : query;
  };

  function lucca(client: LuccaClient): LuccaClient {
    const employees = remember('LUCCA', 'employees', client.employees);
    return {
      ...client,
      employees: (query) => employees(richest(query)),
      allEmployees: remember('LUCCA', 'allEmployees', client.allEmployees),
      employeesById: remember('LUCCA', 'employeesById', client.employeesById),
      employeesByEmail: remember('LUCCA', 'employeesByEmail', client.employeesByEmail),
      employeesByJobQualification: remember('LUCCA', 'employeesByJobQualification', client.employeesByJobQualification),
      jobPositionsById: remember('LUCCA', 'jobPositionsById', client.jobPositionsById),
      employmentsById: remember('LUCCA', 'employmentsById', client.employmentsById),
      jobQualifications: remember('LUCCA', 'jobQualifications', client.jobQualifications),
      jobQualification: remember('LUCCA', 'jobQualification', client.jobQualification),
      professions: remember('LUCCA', 'professions', client.professions),
    };
  }

  const ctrlHub = (client: CtrlHubClient): CtrlHubClient => ({
    ...client,
    assignmentPage: remember('CTRL_HUB', 'assignmentPage', client.assignmentPage),
    // The page that the walk goes on from does not shape its answer.
    assignments: ({ first, ...query }) =>
      remember('CTRL_HUB', 'assignments', (it: typeof query) =>
        client.assignments(first === undefined ? it : { ...it, first }),
      )(query),
    rolesById: remember('CTRL_HUB', 'rolesById', client.rolesById),
    members: remember('CTRL_HUB', 'members', client.members),
  });

  const naver = (client: NaverClient): NaverClient => ({
    ...client,
    grades: remember('NAVER', 'grades', client.grades),
    grade: remember('NAVER', 'grade', client.grade),
    positions: remember('NAVER', 'positions', client.positions),
    position: remember('NAVER', 'position', client.position),
    people: remember('NAVER', 'people', client.people),
  });

  const remembered: { [U in Upstream]: Clients[U] | null } = {
    LUCCA: upstreams.isConfigured('LUCCA') ? lucca(upstreams.client('LUCCA')) : null,
    CTRL_HUB: upstreams.isConfigured('CTRL_HUB') ? ctrlHub(upstreams.client('CTRL_HUB')) : null,
    NAVER: upstreams.isConfigured('NAVER') ? naver(upstreams.client('NAVER')) : null,
  };
  return { ...upstreams, client: (upstream) => remembered[upstream] ?? upstreams.client(upstream) };
}
