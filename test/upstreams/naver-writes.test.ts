import { describe, expect, it } from 'vitest';
import type { NaverVariation } from '../../src/sandbox/naver/variations.ts';
import { employee, failureOf, item, withNaver } from './naver-fixture.ts';

const data = () => ({
  grades: [item('G-1'), item('G-2')],
  jobs: [item('J-1')],
  employees: [employee('E-1', { gradeExternalKey: 'G-2' }), employee('E-2', { jobExternalKey: 'J-1' })],
});

describe('deleting a grade', () => {
  it.each<[NaverVariation, string]>([
    ['a row that is null', '1 employees cannot be read'],
    ['a reference as an object', '1 employees cannot be read'],
  ])('that nobody is seen to hold is refused where %s', (variation, told) =>
    withNaver({ data: data() }, async ({ naver, lists }) => {
      naver.inject({
        times: 9,
        matches: (it) => {
          naver.knobs.variation = it.path.endsWith('/employee') ? variation : null;
          return false;
        },
      });
      const error = await failureOf(lists.gradeWrites.delete('G-1', { evenIfInUse: false }));
      expect(error.code).toBe('UPSTREAM_INVALID_RESPONSE');
      expect(error.message).toContain(told);
      expect(naver.requests.filter((it) => it.method === 'DELETE')).toEqual([]);
      expect(await lists.gradeWrites.delete('G-1', { evenIfInUse: true })).toMatchObject({ outcome: 'DONE' });
    }),
  );

  it('that somebody holds is told so, whatever else cannot be read', () =>
    withNaver({ data: data() }, async ({ naver, lists }) => {
      naver.inject({
        times: 9,
        matches: (it) => {
          naver.knobs.variation = it.path.endsWith('/employee') ? 'a row that is null' : null;
          return false;
        },
      });
      expect(await lists.gradeWrites.delete('G-2', { evenIfInUse: false })).toEqual({
        outcome: 'IN_USE',
        employeeCount: 1,
      });
    }));

  it('that does not exist is told so by its code, whatever the status, the form and the language', () =>
    withNaver(
      { data: data(), knobs: { notFoundStatus: 404, serviceCode: 'string', messages: 'korean' } },
      async ({ lists, monitor }) => {
        expect(await lists.gradeWrites.delete('G-9', { evenIfInUse: true })).toEqual({ outcome: 'NOT_FOUND' });
        expect(await lists.positionWrites.delete('J-9', { evenIfInUse: true })).toEqual({ outcome: 'NOT_FOUND' });
        expect(monitor.lastError).toBeNull();
      },
    ));
});

describe('a write that is refused with an unknown code', () => {
  it('is told by its code and its message, in whatever language', () =>
    withNaver({ data: data(), knobs: { messages: 'korean', deleteInUse: 'refuse' } }, async ({ lists }) => {
      const error = await failureOf(lists.gradeWrites.delete('G-2', { evenIfInUse: true }));
      expect(error).toMatchObject({ code: 'UPSTREAM_INVALID_RESPONSE', status: 400, vendorCode: '-9008' });
      expect(error.message).toContain('요청을 처리할 수 없습니다');
    }));
});

describe('an item that comes in another case', () => {
  it('is refused, and both keys are named', () =>
    withNaver({ data: data(), knobs: { variation: 'the key in another case' } }, async ({ lists }) => {
      const error = await failureOf(lists.gradeWrites.update('G-1', { name: 'Other' }));
      expect(error.code).toBe('UPSTREAM_INVALID_RESPONSE');
      expect(error.message).toMatch(/G-1 was asked for, g-1 came/);
    }));
});
