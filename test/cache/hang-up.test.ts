import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startLists, type UpstreamLists } from '../helpers/upstream-lists.ts';

let lists: UpstreamLists;
beforeEach(async () => {
  lists = await startLists({ people: 20 });
  lists.sandbox.lucca.latencyMs = 400;
});
afterEach(() => lists.stop());

const employees = () => lists.data.lists.employees ?? expect.unreachable();
const jobQualifications = () => lists.data.lists.jobQualifications ?? expect.unreachable();

/** Somebody who waits until they hang up. */
function caller() {
  const controller = new AbortController();
  return { ...lists.caller(), signal: controller.signal, hangUp: () => controller.abort(new Error('hung up')) };
}

const inFlight = async (list: 'employees' | 'job-qualifications') =>
  expect.poll(() => lists.requests('LUCCA').filter(({ target }) => target.includes(`/${list}`)).length).toBe(1);

describe('a caller who hangs up', () => {
  it('takes nothing from others who wait for the same', async () => {
    const [first, second] = [caller(), caller()];
    const [one, other] = [jobQualifications().get(first), jobQualifications().get(second)];
    await inFlight('job-qualifications');
    first.hangUp();
    await expect(one).rejects.toThrow('hung up');
    expect((await other).value.rows).toHaveLength(lists.company.lucca.jobQualifications.length);
    expect(lists.requests('LUCCA')).toHaveLength(1);
  });

  it('and is the last one takes the reading along, of which the next caller hears nothing', async () => {
    const first = caller();
    const one = jobQualifications().get(first);
    await inFlight('job-qualifications');
    first.hangUp();
    // Before the reading has ended.
    const next = jobQualifications().get(caller());
    await expect(one).rejects.toThrow('hung up');
    expect((await next).value.rows).toHaveLength(lists.company.lucca.jobQualifications.length);
    expect(lists.requests('LUCCA')).toHaveLength(2);
  });

  it('does not end a reading of everybody', async () => {
    const first = caller();
    const one = employees().get(first);
    await inFlight('employees');
    first.hangUp();
    await expect(one).rejects.toThrow('hung up');
    await lists.settle();
    expect(employees().current?.value.rows).toHaveLength(lists.company.lucca.employees.length);
    expect(lists.requests('LUCCA')).toHaveLength(1);
  });

  it('before anything was asked for begins no reading', async () => {
    const gone = caller();
    gone.hangUp();
    await expect(jobQualifications().get(gone)).rejects.toThrow('hung up');
    expect(lists.requests('LUCCA')).toEqual([]);
  });

  it('leaves a stale list as it is: a reading that nobody needed is no failure', async () => {
    lists.sandbox.lucca.latencyMs = 0;
    await jobQualifications().get(caller());
    const { asOf } = jobQualifications().current ?? expect.unreachable();
    lists.sandbox.lucca.latencyMs = 400;
    lists.forgetRequests();
    // Past what serves while it is read again, and within what may stand in for an outage.
    lists.clock.skip(600);
    const first = caller();
    const one = jobQualifications().get(first);
    await inFlight('job-qualifications');
    first.hangUp();
    await expect(one).rejects.toThrow('hung up');
    await lists.settle();
    const { asOf: later, failure } = await jobQualifications().get(caller());
    expect(later).toBeGreaterThan(asOf);
    expect(failure).toBeNull();
  });
});
