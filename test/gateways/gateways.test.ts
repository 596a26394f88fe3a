import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { peopleOf } from '../helpers/truth-people.ts';
import { costOf } from '../helpers/whole-lists.ts';
import { apolloGateway } from './apollo-gateway.ts';
import type { GatewayKind } from './gateway.ts';
import { hiveGateway } from './hive-gateway.ts';
import { type JoinedGraphs, startJoinedGraphs } from './joined-graphs.ts';
import { stitchingGateway } from './stitching-gateway.ts';

const kinds: Record<string, GatewayKind> = {
  '@apollo/gateway': apolloGateway,
  '@graphql-hive/gateway': hiveGateway,
  '@graphql-tools/stitch': stitchingGateway,
};

let joined: JoinedGraphs;
beforeAll(async () => {
  joined = await startJoinedGraphs(kinds);
}, 60_000);
afterAll(() => joined.stop());

const nothing = { LUCCA: [], CTRL_HUB: [], NAVER: [] };
const namesOf = () => joined.people.map((it) => `${it.givenName} ${it.familyName}`);

/** Places of those whose grade nobody can tell, because several rows of NAVER claim to be theirs. */
const contested = () =>
  peopleOf(joined.hr.graph.company).flatMap(({ lucca, contested }) => {
    const index = joined.people.findIndex((it) => it.email === lucca?.email);
    return index === -1 || !contested.includes('naver') ? [] : [index];
  });

const withGrades = '{ bookings(first: 2) { nodes { desk employee { displayName grade { name } } } } }';
const withoutGrades = () => ({
  bookings: {
    nodes: [0, 1].map((it) => ({ desk: `A-${it}`, employee: { displayName: namesOf()[it], grade: null } })),
  },
});
/** Of the places that they give to errors inside of batches, gateways make different things. */
const codeOf = (error: string) => error.replace(/.* /, '');

const row = z.looseObject({ employee: z.looseObject({ displayName: z.string() }).nullable() });
const rowsOf = (data: unknown) => z.object({ bookings: z.object({ nodes: z.array(row) }) }).parse(data).bookings.nodes;

describe.each(Object.keys(kinds))('behind %s', (kind) => {
  it('a hundred people whom another graph names are one operation, and cost what q10 costs', async () => {
    const { data, errors } = await joined.ask(
      kind,
      '{ bookings(first: 100) { nodes { desk employee { displayName grade { name } jobQualification { title rank } } } } }',
    );
    expect(contested()).toHaveLength(1);
    expect(errors.map(codeOf)).toEqual(['CONFLICT']);
    expect(rowsOf(data).map((it) => it.employee?.displayName)).toEqual(namesOf());
    expect(rowsOf(data).filter((it) => it.employee?.grade != null).length).toBeGreaterThan(50);
    for (const index of contested()) expect(rowsOf(data)[index]?.employee).toMatchObject({ grade: null });
    expect(joined.caused()).toEqual({
      hr: 1,
      bookings: 1,
      upstreams: costOf(['jobQualifications', 'grades']),
    });
  });

  it('a page of a hundred people leads to what another graph knows of them, by one operation each', async () => {
    const { data, errors } = await joined.ask(
      kind,
      '{ employees(first: 100) { nodes { email bookings(first: 1) { nodes { desk } } } } }',
    );
    expect(errors).toEqual([]);
    const desks = z.object({ nodes: z.array(z.object({ desk: z.string() })) }).nullable();
    const person = z.object({ email: z.string().nullable(), bookings: desks });
    const { nodes } = z.object({ employees: z.object({ nodes: z.array(person) }) }).parse(data).employees;
    expect(nodes).toHaveLength(100);
    // Somebody without an address has no place in the other graph.
    expect(nodes.filter((it) => it.email === null).length).toBeGreaterThan(0);
    for (const { email, bookings } of nodes) {
      const index = joined.people.findIndex((it) => it.email === email);
      const expected = index === -1 ? [] : [{ desk: `A-${index}` }];
      expect(bookings?.nodes ?? []).toEqual(expected);
    }
    expect(joined.caused()).toEqual({
      hr: 1,
      bookings: 1,
      upstreams: { ...nothing, LUCCA: costOf([]).LUCCA },
    });
  });

  it('there and back again is one more operation, not one for each person', async () => {
    const { data, errors } = await joined.ask(
      kind,
      `{ employee(by: { email: "${joined.people[0]?.email}" }) { bookings { nodes { employee { displayName jobTitle } } } }
         grades(first: 1) { nodes { externalKey } } }`,
    );
    expect(errors).toEqual([]);
    expect(data).toMatchObject({
      employee: { bookings: { nodes: [{ employee: { displayName: namesOf()[0] } }] } },
      grades: { nodes: [{ externalKey: expect.any(String) }] },
    });
    expect(joined.caused()).toMatchObject({ bookings: 1 });
    expect(joined.caused().hr).toBeLessThanOrEqual(2);
  });

  it('somebody whose key is null is known to nobody, which is no error and costs nothing', async () => {
    const { data, errors } = await joined.ask(
      kind,
      '{ guests(haveAddress: false) { desk employee { email jobTitle } } }',
    );
    expect({ data, errors }).toEqual({
      data: { guests: [{ desk: 'G-0', employee: { email: null, jobTitle: null } }] },
      errors: [],
    });
    expect(joined.caused()).toMatchObject({ bookings: 1, upstreams: nothing });
  });

  it('somebody who is not here is null beside those who are', async () => {
    const { data, errors } = await joined.ask(
      kind,
      '{ bookings(first: 102) { nodes { employee { email jobTitle } } } }',
    );
    const { nodes } = z.object({ bookings: z.object({ nodes: z.array(z.unknown()) }) }).parse(data).bookings;
    expect(nodes.at(-1)).toEqual({ employee: { email: 'somebody@elsewhere.example', jobTitle: null } });
    expect(nodes[0]).toEqual({ employee: { email: joined.people[0]?.email, jobTitle: expect.any(String) } });
    expect(errors.map(codeOf)).toEqual(kinds[kind]?.sdl === 'federation' ? ['NOT_FOUND'] : []);
    expect(joined.caused()).toMatchObject({ hr: 1, bookings: 1 });
  });

  it('the caller’s credentials reach both graphs, and so do their rights', async () => {
    const { data, errors } = await joined.ask(kind, withGrades, 'without grades');
    expect({ data, codes: errors.map(codeOf) }).toEqual({ data: withoutGrades(), codes: ['FORBIDDEN', 'FORBIDDEN'] });
    // People are found by any system's address, and grades are nothing to them.
    expect(joined.caused().upstreams.NAVER).toEqual(costOf([]).NAVER);
    const { authorization } = joined.hr.headersOf('without grades');
    expect(joined.bookings.requests).toEqual([{ authorization }]);
  });

  it('a caller without credentials gets nothing from here', async () => {
    const { data, errors } = await joined.ask(kind, withGrades, null);
    expect(rowsOf(data).map((it) => it.employee)).toEqual([null, null]);
    expect(new Set(errors.map(codeOf))).toEqual(new Set(['UNAUTHENTICATED']));
    expect(joined.caused()).toMatchObject({ hr: 0, upstreams: nothing });
  });

  it('a write answers with its error by name', async () => {
    const answer = await joined.ask(
      kind,
      'mutation { deleteGrade(input: { externalKey: "G04" }) { __typename ... on Error { message } } }',
    );
    expect(answer).toEqual({
      data: { deleteGrade: { __typename: 'ForbiddenError', message: 'This requires the scope grades.readwrite.' } },
      errors: [],
    });
  });
});

describe('with NAVER WORKPLACE down', () => {
  beforeAll(() => joined.hr.graph.sandbox.naver.close());

  it.each(Object.keys(kinds))('%s gets its fields as null with a code, and the rest', async (kind) => {
    const { data, errors } = await joined.ask(kind, withGrades);
    const codes = ['UPSTREAM_UNAVAILABLE', 'UPSTREAM_UNAVAILABLE'];
    expect({ data, codes: errors.map(codeOf) }).toEqual({ data: withoutGrades(), codes });
    expect(joined.caused()).toMatchObject({ hr: 1, bookings: 1 });
  });
});

describe('with the other graph down', () => {
  beforeAll(() => joined.bookings.stop());

  it.each(Object.keys(kinds))('%s still has the people', async (kind) => {
    const { data, errors } = await joined.ask(
      kind,
      '{ employees(first: 2) { nodes { displayName bookings { nodes { desk } } } } }',
    );
    const person = { displayName: expect.any(String), bookings: null };
    expect(data).toEqual({ employees: { nodes: [person, person] } });
    expect(errors).not.toEqual([]);
    expect(joined.caused().hr).toBe(1);
  });
});
