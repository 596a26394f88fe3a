import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { isTaken, luccaInOrder, naverKeyOf } from '../helpers/truth.ts';
import { fullJoinOf } from '../helpers/truth-full-join.ts';
import { type Linking, type Mapped, type Person, peopleOf, type Rows } from '../helpers/truth-people.ts';

const folder = mkdtempSync(join(tmpdir(), 'hr-graph-'));
afterAll(() => rmSync(folder, { recursive: true }));

let graph: TestGraph;
let everybody: Person[];
beforeAll(async () => {
  graph = await startGraph();
  everybody = peopleOf(graph.company);
});
afterEach(() => graph.restartGraph({ IDENTITY_MAP_FILE: undefined, IDENTITY_RULES: undefined }));
afterAll(() => graph.stop());

const asCsv = (rows: Mapped[]): string =>
  ['naver;lucca;ctrlHub', ...rows.map((it) => `${it.naver ?? ''};"${it.lucca ?? ''}";${it.ctrlHub ?? ''}`)].join(
    '\r\n',
  );

async function restartWith(rows: Mapped[], form: 'csv' | 'json'): Promise<void> {
  const path = join(folder, `mapping.${form}`);
  writeFileSync(path, form === 'csv' ? asCsv(rows) : JSON.stringify(rows));
  await graph.restartGraph({ IDENTITY_MAP_FILE: path });
}

/** Lucca's people in order with their links, and with what NAVER and Ctrl Hub say of them. */
const joined = z.object({
  employees: z.object({
    nodes: z.array(z.looseObject({ identities: z.unknown() })),
    pageInfo: z.object({ endCursor: z.string().nullable() }),
  }),
});

async function linksOfAll(): Promise<unknown[]> {
  const people: unknown[] = [];
  for (let after: string | null = null; ; ) {
    const { data } = await graph.query(
      `query ($after: String) { employees(first: 100, after: $after) { nodes {
        displayName grade { externalKey name sortOrder } jobRoleAssignments(first: 10) { nodes { type createdAt role { name requiredQualifications } } }
        identities { upstream upstreamId matchedBy }
      } pageInfo { endCursor } } }`,
      { after },
    );
    const { nodes, pageInfo } = joined.parse(data).employees;
    people.push(...nodes);
    if (pageInfo.endCursor === null || nodes.length < 100) return people;
    after = pageInfo.endCursor;
  }
}

const trueLinks = (linking: Linking) =>
  fullJoinOf(graph.company, linking).map(({ displayName, grade, jobRoleAssignments, identities }) => ({
    displayName,
    grade,
    jobRoleAssignments,
    identities,
  }));

/** The first person of whom this holds. Throws where there is none: then the company is not what the test needs. */
function somebody(holds: (person: Person) => boolean, butNot: Person[] = []): Person {
  const found = everybody.find((it) => holds(it) && !butNot.includes(it));
  if (found === undefined) throw new Error('The company has nobody of this sort.');
  return found;
}

function mappingRows(): Mapped[] {
  const isWhole = (it: Person) => it.lucca !== null && it.naver?.externalKey != null && it.user !== null;
  const first = somebody((it) => isWhole(it) && isPlain(it));
  const second = somebody((it) => isWhole(it) && isPlain(it), [first]);
  const luccaOnly = somebody((it) => it.lucca !== null && it.naver === null && it.user === null && isPlain(it));
  const naverOnly = somebody(
    (it) => it.lucca === null && it.naver?.externalKey != null && it.user === null && isPlain(it),
  );
  const userOnly = somebody((it) => it.lucca === null && it.naver === null && it.user !== null && isPlain(it));
  return [
    // Nothing else would link these.
    row({ lucca: luccaOnly.lucca, naver: naverOnly.naver, user: userOnly.user }),
    // Everything else would link these differently.
    row({ lucca: first.lucca, naver: second.naver, user: null }),
  ];
}

/** Whether nobody else has an address of theirs. */
const isPlain = ({ lucca, naver, user }: Person): boolean =>
  [lucca?.email, naver?.emailAddress, user?.email].every((it) => it == null || !isTaken(graph.company, it));

const row = ({ lucca, naver, user }: Rows): Mapped => ({
  ...(lucca ? { lucca: lucca.id } : {}),
  ...(naver ? { naver: naverKeyOf(naver) ?? '' } : {}),
  ...(user ? { ctrlHub: user.id } : {}),
});

const idOf = async (by: object): Promise<string> => {
  const { data } = await graph.query('query ($by: EmployeeBy!) { employee(by: $by) { id } }', { by });
  return z.object({ employee: z.object({ id: z.string() }) }).parse(data).employee.id;
};

describe('a mapping file', () => {
  it.each(['csv', 'json'] as const)('of the form %s wins over every other rule', async (form) => {
    const mapping = mappingRows();
    await restartWith(mapping, form);
    const links = await linksOfAll();
    expect(links).toEqual(trueLinks({ mapping }));
    expect(links).not.toEqual(trueLinks({}));
    expect(JSON.stringify(links).match(/MAPPING_FILE/g)).toHaveLength(3);
  });

  it('keeps a row that it gives to one person from all others, on whatever page they are', async () => {
    const inOrder = luccaInOrder(graph.company);
    const isLinked = (it: Person) => it.lucca !== null && it.naver?.externalKey != null && isPlain(it);
    const onPage = (it: Person) => (it.lucca === null ? -1 : Math.floor(inOrder.indexOf(it.lucca) / 100));
    const early = somebody((it) => isLinked(it) && onPage(it) === 0);
    const late = somebody((it) => isLinked(it) && onPage(it) === 1);
    const mapping = [row({ lucca: early.lucca, naver: late.naver, user: null })];
    await restartWith(mapping, 'csv');
    expect(await linksOfAll()).toEqual(trueLinks({ mapping }));
  });

  it('makes one person of what it links, by every path', async () => {
    const mapping = mappingRows();
    await restartWith(mapping, 'csv');
    const [{ lucca, naver, ctrlHub } = {}] = mapping;
    const ids = [
      await idOf({ luccaId: lucca }),
      await idOf({ naverExternalKey: naver }),
      await idOf({ ctrlHubId: ctrlHub }),
    ];
    expect(new Set(ids).size).toBe(1);
  });

  it('makes one person of two whom Lucca does not know', async () => {
    const { naver } = somebody(
      (it) => it.lucca === null && it.naver?.externalKey != null && it.user === null && isPlain(it),
    );
    const { user } = somebody((it) => it.lucca === null && it.naver === null && it.user !== null && isPlain(it));
    const mapped = row({ lucca: null, naver, user });
    await restartWith([mapped], 'json');
    const id = await idOf({ naverExternalKey: mapped.naver });
    expect(await idOf({ ctrlHubId: mapped.ctrlHub })).toBe(id);
    expect(await idOf({ id })).toBe(id);
    expect(await idOf({ email: user?.email })).toBe(id);
    expect(await idOf({ email: naver?.emailAddress })).toBe(id);
    const { data } = await graph.query(
      'query ($by: EmployeeBy!) { employee(by: $by) { identities { upstream matchedBy } } }',
      { by: { naverExternalKey: mapped.naver } },
    );
    expect(data).toEqual({
      employee: {
        identities: [
          { upstream: 'NAVER', matchedBy: 'SOURCE' },
          { upstream: 'CTRL_HUB', matchedBy: 'MAPPING_FILE' },
        ],
      },
    });
  });

  it('links to a person by whichever of their records a row names', async () => {
    const { lucca, naver } = somebody(
      (it) => it.lucca !== null && it.naver?.externalKey != null && !it.user && isPlain(it),
    );
    const { user } = somebody((it) => it.lucca === null && it.naver === null && it.user !== null && isPlain(it));
    const mapping = [row({ lucca: null, naver, user })];
    await restartWith(mapping, 'json');
    expect(await linksOfAll()).toEqual(trueLinks({ mapping }));
    expect(await idOf({ ctrlHubId: user?.id })).toBe(await idOf({ luccaId: lucca?.id }));
  });

  it('accepts identifiers in the case in which they are written, but Ctrl Hub’s in any', async () => {
    const mapping = mappingRows();
    await restartWith(
      mapping.map((it) => ({ ...it, ...(it.ctrlHub ? { ctrlHub: it.ctrlHub.toUpperCase() } : {}) })),
      'csv',
    );
    expect(await linksOfAll()).toEqual(trueLinks({ mapping }));
  });

  it('that names people who do not exist does no harm', async () => {
    await restartWith(
      [
        { lucca: '1', naver: 'emp-99999' },
        { lucca: '2', ctrlHub: '05e50000-0000-4000-8000-ffffffffffff' },
      ],
      'csv',
    );
    expect(await linksOfAll()).toEqual(trueLinks({}));
  });
});

describe('the rules', () => {
  it.each<[string, Linking['rules']]>([
    ['employee-number', ['EMPLOYEE_NUMBER']],
    ['remote-id,email', ['REMOTE_ID', 'EMAIL']],
    ['email', ['EMAIL']],
  ])('are those of the configuration, in its order: %s', async (text, rules) => {
    await graph.restartGraph({ IDENTITY_RULES: text });
    expect(await linksOfAll()).toEqual(trueLinks({ rules: rules ?? [] }));
  });
});
