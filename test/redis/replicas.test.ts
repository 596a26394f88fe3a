import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { operation } from '../helpers/operation.ts';
import { hasProgram } from '../programs/programs.ts';
import { createAssignment, createItem, mutate, updateItem } from '../writes/write-fixture.ts';
import { type Fleet, type Replica, startFleet, until } from './fleet.ts';

let fleet: Fleet;
let one: Replica;
let other: Replica;

beforeEach(async () => {
  // Nothing is read again but for a reason.
  fleet = await startFleet({ replicas: 2, env: { CACHE_FRESH_SECONDS: '3600' } });
  const [first, second] = fleet.replicas;
  one = first ?? expect.unreachable();
  other = second ?? expect.unreachable();
});
afterEach(() => fleet.stop());

const counts = () => Object.fromEntries(Object.entries(fleet.requests()).map(([name, them]) => [name, them.length]));

const gradeNames = async (replica: Replica) => {
  const { data } = await replica.query('{ grades(first: 100) { nodes { externalKey name } } }');
  const shape = z.object({
    grades: z.object({ nodes: z.array(z.object({ externalKey: z.string(), name: z.string() })) }),
  });
  return Object.fromEntries(shape.parse(data).grades.nodes.map((it) => [it.externalKey, it.name]));
};

const peopleIn = async (replica: Replica, search: string) => {
  const { data } = await replica.query('query ($by: EmployeeBy!) { employee(by: $by) { id } }', {
    by: { email: search },
  });
  return z.object({ employee: z.object({ id: z.string() }).nullable() }).parse(data).employee;
};

describe.skipIf(!hasProgram('redis-server'))('replicas over Redis', () => {
  it('ask the upstreams for what one asks, and hold one token', async () => {
    const document = operation('q02-full-join');
    const answer = await one.query(document);
    expect((await other.query(document)).data).toEqual(answer.data);
    const asked = { LUCCA: 4, CTRL_HUB: 5, NAVER: 4 };
    expect(counts()).toEqual(asked);
    const third = await fleet.add();
    expect((await third.query(document)).data).toEqual(answer.data);
    expect(counts()).toEqual(asked);
    expect(fleet.tokenRequests()).toBe(1);
  });

  it('see a write through each other at once, cached responses or not', async () => {
    for (let round = 0; round < 10; round += 1) {
      const [writer, reader] = round % 2 === 0 ? [one, other] : [other, one];
      const name = `Fellow ${round}`;
      await gradeNames(reader);
      const input = { externalKey: 'FELLOW', name };
      if (round === 0) await mutate(writer, createItem('Grade'), { ...input, sortOrder: 85 });
      else await mutate(writer, updateItem('Grade'), input);
      expect((await gradeNames(reader)).FELLOW).toBe(name);
      expect((await gradeNames(writer)).FELLOW).toBe(name);
    }
  });

  it('take over an assignment that was written through another without reading all of them again', async () => {
    const { users, jobRoles, assignments } = fleet.company.ctrlHub;
    const user = users[3] ?? expect.unreachable();
    const held = (roleId: string) => assignments.some((it) => it.userId === user.id && it.roleId === roleId);
    const role = jobRoles.find(({ id, deletedAt }) => deletedAt === null && !held(id)) ?? expect.unreachable();
    const document = `query ($id: String!) {
      employee(by: { ctrlHubId: $id }) { jobRoleAssignments(first: 100) { nodes { role { ctrlHubId } } } }
    }`;
    const rolesAt = async (replica: Replica) => JSON.stringify((await replica.query(document, { id: user.id })).data);
    expect(await rolesAt(other)).not.toContain(role.id);
    await mutate(one, createAssignment, { ctrlHubUserId: user.id, ctrlHubRoleId: role.id });
    fleet.forgetRequests();
    expect(await rolesAt(other)).toContain(role.id);
    // Who comes later takes the list as it was read, and what was written since.
    expect(await rolesAt(await fleet.add())).toContain(role.id);
    expect(fleet.requests().CTRL_HUB).toEqual([]);
  });

  it('take no copy over that is younger than nothing, as after the clock of Redis was set back', async () => {
    await gradeNames(one);
    const kept = async () => z.array(z.string()).parse(await fleet.redis.command('KEYS', '*:list:grades'));
    await until(async () => (await kept()).length > 0, 'the list is in Redis');
    const [key = ''] = await kept();
    await fleet.redis.command('HSET', key, 'at', String(Date.now() + 3_600_000));
    for (const grade of fleet.company.naver.grades) grade.name = `${grade.name} now`;
    const names = Object.values(await gradeNames(await fleet.add()));
    expect(names.filter((name) => !name.endsWith(' now'))).toEqual([]);
  });

  it('forget a person together, and leave nothing of them in Redis', async () => {
    const email = fleet.sandbox.showcaseEmail;
    expect(await peopleIn(other, email)).not.toBeNull();
    const kept = async () => {
      const keys = z.array(z.string()).parse(await fleet.redis.command('KEYS', '*:list:*'));
      return keys.filter((key) => /employees|people|members|assignments/.test(key));
    };
    expect(await kept()).not.toEqual([]);
    await one.erase(email);
    expect(await kept()).toEqual([]);
    expect(await peopleIn(other, email)).toBeNull();
    expect(await peopleIn(one, email)).toBeNull();
  });

  it('keep nothing readable in Redis, and nothing for ever', async () => {
    await one.query(operation('q02-full-join'));
    const keys = z.array(z.string()).parse(await fleet.redis.command('KEYS', '*'));
    expect(keys.length).toBeGreaterThan(10);
    const dumps = await Promise.all(keys.map((key) => fleet.redis.command('DUMP', key)));
    const all = JSON.stringify([keys, dumps]);
    const { email } = fleet.company.lucca.employees.find((it) => it.email) ?? expect.unreachable();
    for (const secret of [email ?? expect.unreachable(), 'Bearer', fleet.sandbox.env.LUCCA_CLIENT_SECRET ?? '']) {
      expect(all).not.toContain(secret);
    }
    const lasts = await Promise.all(keys.map((key) => fleet.redis.command('PTTL', key)));
    expect(lasts.filter((ms) => Number(ms) === -1)).toEqual([]);
  });

  it('go on alone while Redis is gone, say so once, and come together when it is back', async () => {
    await gradeNames(other);
    await fleet.redis.kill();
    await until(() => one.log.some((line) => line.includes('Redis is away')), 'Redis is missed');
    await mutate(one, createItem('Grade'), { externalKey: 'ALONE', name: 'Alone', sortOrder: 86 });
    expect((await gradeNames(one)).ALONE).toBe('Alone');
    await fleet.redis.restart();
    await until(async () => (await gradeNames(other)).ALONE === 'Alone', 'the write reaches the other replica');
    const told = (replica: Replica, text: string) => replica.log.filter((line) => line.includes(text)).length;
    await until(() => told(one, 'Redis is back') + told(other, 'Redis is back') === 2, 'both have said so');
    const readiness = await fetch(one.url.replace('/graphql', '/readyz'));
    expect([readiness.status, await readiness.json()]).toEqual([200, expect.objectContaining({ redis: 'UP' })]);
    expect([told(one, 'Redis is away'), told(other, 'Redis is away')]).toEqual([1, 1]);
    await mutate(other, updateItem('Grade'), { externalKey: 'ALONE', name: 'Together' });
    expect((await gradeNames(one)).ALONE).toBe('Together');
  });

  it('take over from each other and see each other while the secret is being changed', async () => {
    await gradeNames(one);
    const asked = counts();
    const { HR_GRAPH_SECRET: former } = fleet.sandbox.env;
    const changed = await fleet.add({ HR_GRAPH_SECRET: 'another-secret-of-16', HR_GRAPH_OTHER_SECRET: former });
    expect(await gradeNames(changed)).toEqual(await gradeNames(one));
    expect(counts()).toEqual(asked);
    expect(fleet.tokenRequests()).toBe(1);
    await mutate(changed, createItem('Grade'), { externalKey: 'CHANGED', name: 'By the new one', sortOrder: 87 });
    // It cannot be read with the former secret alone: all is read anew, and is right.
    expect((await gradeNames(one)).CHANGED).toBe('By the new one');
    await mutate(one, updateItem('Grade'), { externalKey: 'CHANGED', name: 'By the old one' });
    expect((await gradeNames(changed)).CHANGED).toBe('By the old one');
  });

  it('serve alone where Redis does not let them in, and do not tell the password', async () => {
    await fleet.redis.command('CONFIG', 'SET', 'requirepass', 'right-password');
    const address = fleet.redis.url.replace('redis://', 'redis://:wrong-password@');
    const stranger = await fleet.add({ REDIS_URL: address });
    expect(await gradeNames(stranger)).toEqual(await gradeNames(one));
    const log = stranger.log.join('\n');
    expect(log).toMatch(/"reason":"WRONGPASS".*Redis is away/);
    expect(log).not.toContain('password@');
  });
});
