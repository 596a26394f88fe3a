import type { ListName } from '../../src/loaders/list-names.ts';
import type { RecordedRequest } from '../../src/sandbox/emulator.ts';
import { explainedAnswer } from '../../src/server/explain/answer.ts';
import type { Explanation } from '../../src/server/explain/explanation.ts';
import type { TestGraph } from '../helpers/graph.ts';
import { keepErrors } from '../leaks/evidence.ts';

/** Which paths a list is read from, as the vendors document them. */
export const pathsOf: Record<ListName, string[]> = {
  employees: ['/lucca-api/employees', '/lucca-api/job-positions', '/lucca-api/employments'],
  jobQualifications: ['/lucca-api/job-qualifications'],
  professions: ['/lucca-api/professions'],
  people: ['/organization/apigw/v2/company/{companyId}/employee'],
  grades: ['/organization/apigw/v2/company/{companyId}/grade'],
  positions: ['/organization/apigw/v2/company/{companyId}/job'],
  members: ['/v3/orgs/{organisationId}/iam/members'],
  assignments: ['/v3/job-role-assignments'],
};
export const tokenPath = '/connect/token';

/** What an emulator was asked: `GET /lucca-api/employees 200`. Where no answer was sent, the status is null. */
export type Asked = { method: string; path: string; status: number | null };

const template = (target: string): string =>
  (target.split('?')[0] ?? '')
    .replace(/(?<=^\/v3\/orgs\/)[\da-f-]{36}/, '{organisationId}')
    .replace(/(?<=\/company\/)[\da-f-]{36}/, '{companyId}')
    .replace(/(?<=\/(?:grade|job)\/).+$/, '{externalKey}');

export function askedOf({ lucca, ctrlHub, naver }: TestGraph['sandbox']): Asked[] {
  const toAsked = ({ method, target, status }: RecordedRequest) => ({ method, path: template(target), status });
  return [lucca, ctrlHub, naver].flatMap(({ requests }) => requests.map(toAsked));
}

/** In an order that says nothing: parallel requests come in any. */
export const lines = (asked: readonly Asked[]): string[] =>
  asked.map(({ method, path, status }) => `${method} ${path} ${status}`).sort();

/** Asks for an explanation, and fails where there is none. */
export async function explain(
  graph: Pick<TestGraph, 'url'>,
  query: string,
  variables: Record<string, unknown> = {},
  headers: Record<string, string> = {},
  operationName?: string,
): Promise<{ explanation: Explanation; answer: unknown }> {
  const response = await fetch(graph.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-hr-graph-explain': '1', ...headers },
    body: JSON.stringify({ query, variables, operationName }),
  });
  const answer: unknown = await response.json();
  keepErrors(answer);
  const { explain: explanation } = explainedAnswer.parse(answer).extensions;
  if (explanation === undefined) throw new Error(`Expected an explanation, got ${JSON.stringify(answer)}`);
  return { explanation, answer };
}
