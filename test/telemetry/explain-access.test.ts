import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { keepErrors } from '../leaks/evidence.ts';
import { type GuardedGraph, startGuardedGraph } from '../security/rights-callers.ts';
import { everything } from '../security/rights-table.ts';

const query = 'query Ladder { grades { nodes { name } } }';
const answerShape = z.object({
  data: z.unknown().optional(),
  errors: z.array(z.object({ extensions: z.looseObject({ code: z.string() }) })).default([]),
  extensions: z.looseObject({}).default({}),
});

let guarded: GuardedGraph<'operator' | 'reader'>;
beforeEach(async () => {
  guarded = await startGuardedGraph({ operator: [...everything, 'explain'], reader: everything }, { people: 20 });
});
afterEach(() => guarded.stop());

async function ask(caller: 'operator' | 'reader', explain?: string) {
  const response = await fetch(guarded.graph.url, {
    method: 'POST',
    headers: {
      ...guarded.headersOf(caller),
      'content-type': 'application/json',
      ...(explain !== undefined && { 'x-hr-graph-explain': explain }),
    },
    body: JSON.stringify({ query }),
  });
  const answer: unknown = await response.json();
  keepErrors(answer);
  const { data, errors, extensions } = answerShape.parse(answer);
  return {
    status: response.status,
    data,
    codes: errors.map((it) => it.extensions.code),
    isExplained: 'explain' in extensions,
  };
}

describe('an explanation', () => {
  it('is for callers with its scope', async () => {
    expect(await ask('operator', '1')).toMatchObject({ status: 200, codes: [], isExplained: true });
    expect(await ask('reader', '1')).toEqual({
      status: 403,
      data: undefined,
      codes: ['FORBIDDEN'],
      isExplained: false,
    });
  });

  it('comes to nobody who does not ask for it', async () => {
    expect(await ask('operator')).toMatchObject({ isExplained: false });
    expect(await ask('operator', '0')).toMatchObject({ status: 200, codes: [], isExplained: false });
    expect(await ask('reader', '0')).toMatchObject({ status: 200, codes: [], isExplained: false });
  });

  it('is asked for by 1 and by nothing else', async () => {
    expect(await ask('operator', 'please')).toMatchObject({ status: 400, codes: ['BAD_USER_INPUT'] });
  });

  it('is in no cached response, and no cached response is in its place', async () => {
    await ask('operator', '1');
    expect(await ask('operator')).toMatchObject({ isExplained: false });
    expect(await ask('operator', '1')).toMatchObject({ isExplained: true });
    expect(await ask('operator')).toMatchObject({ isExplained: false });
  });

  it('is in no answer that several share', async () => {
    guarded.graph.sandbox.naver.latencyMs = 50;
    const answers = await Promise.all([
      ask('operator', '1'),
      ...Array.from({ length: 5 }, () => ask('operator')),
      ask('operator', '1'),
    ]);
    expect(answers.map(({ isExplained }) => isExplained)).toEqual([true, false, false, false, false, false, true]);
    expect(guarded.graph.requests().NAVER.filter(({ target }) => /grade\?/.test(target))).toHaveLength(1);
  });
});
