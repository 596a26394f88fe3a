import { afterEach, beforeEach } from 'vitest';
import type { Fault } from '../../src/sandbox/emulator.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { createAssignment, hasMethod, mutate } from './write-fixture.ts';

export let graph: TestGraph;

/** A fresh graph for every test of the file that calls this. */
export function startGraphForEachTest(): void {
  beforeEach(async () => {
    graph = await startGraph({ people: 60 });
    graph.forgetRequests();
  });
  afterEach(() => graph.stop());
}

export const create = (input: object) => mutate(graph, createAssignment, input);
export const onPost = (fault: Fault) => graph.sandbox.ctrlHub.inject({ ...fault, matches: hasMethod('POST') });

/** Mina Han: all three systems know her. */
export function showcaseUser() {
  const user = graph.company.ctrlHub.users.find(
    (it) => it.email.toLowerCase() === graph.sandbox.showcaseEmail.toLowerCase(),
  );
  if (user === undefined) throw new Error('The showcase person has no Ctrl Hub user.');
  return user;
}

export async function showcaseEmployeeId(): Promise<string> {
  const { data } = await graph.query('query ($email: EmailAddress!) { employee(by: { email: $email }) { id } }', {
    email: graph.sandbox.showcaseEmail,
  });
  return (data as { employee: { id: string } }).employee.id;
}

/** A job role that is alive, is held by others or by nobody, and not by Mina. */
export function freeRole({ held = false } = {}) {
  const { jobRoles, assignments } = graph.company.ctrlHub;
  const holdersOf = (id: string) => assignments.filter((it) => it.roleId === id).map((it) => it.userId);
  const role = jobRoles.find(({ id, deletedAt }) => {
    const holders = holdersOf(id);
    return deletedAt === null && !holders.includes(showcaseUser().id) && holders.length > 0 === held;
  });
  if (role === undefined) throw new Error('The company has no such job role.');
  return role;
}

/** Lets Lucca know somebody else by Mina's address, whose employment ends on that day. */
export function addNamesake({ endsOn }: { endsOn: string | null }): void {
  const { employees, employments } = graph.company.lucca;
  const [template] = employees;
  if (template === undefined) throw new Error('The company has no employees.');
  const email = graph.sandbox.showcaseEmail;
  employees.push({ ...template, id: '987654', remoteId: null, email, employeeNumber: null });
  employments.push({ id: '987655', employeeId: '987654', startsOn: '2014-02-03', endsOn });
}

/** Makes a role that nobody holds. */
export function newRole() {
  const [template] = graph.company.ctrlHub.jobRoles;
  if (template === undefined) throw new Error('The company has no job role.');
  const role = { ...template, id: '5e5e5e5e-7a11-4c3d-9b2e-000000000001', name: 'Rope Access Lead', deletedAt: null };
  graph.company.ctrlHub.jobRoles.push(role);
  return role;
}
