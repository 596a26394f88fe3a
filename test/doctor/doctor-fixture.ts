import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { examineAll, type Section } from '../../src/doctor/doctor.ts';
import type { Level, Result } from '../../src/doctor/finding.ts';
import { tableOf } from '../../src/doctor/table.ts';
import { createCompany } from '../../src/sandbox/company/company.ts';
import { defaultKnobs as ctrlHubDefaults } from '../../src/sandbox/ctrl-hub/knobs.ts';
import type { EmulatorRequest, Fault, Reply } from '../../src/sandbox/emulator.ts';
import { defaultKnobs as luccaDefaults } from '../../src/sandbox/lucca/knobs.ts';
import { sandboxLuccaClient } from '../../src/sandbox/lucca/lucca-emulator.ts';
import { DEFAULT_KNOBS as naverDefaults } from '../../src/sandbox/naver/knobs.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { keepEvidence, keepSecrets } from '../leaks/evidence.ts';

const plainScopes = [...sandboxLuccaClient.scopes];

export type Variables = Record<string, string | undefined>;

/** A key, and a certificate that vouches for itself: of localhost, unless it is expired or not valid yet. */
export const pemFile = (name: 'localhost' | 'expired' | 'future'): string =>
  fileURLToPath(new URL(`${name}.pem`, import.meta.url));

/** What the doctor finds with these variables, in this process; everything that it prints is searched for leaks. */
async function examineWith(env: Variables): Promise<Section[]> {
  keepSecrets(env);
  const sections = await Array.fromAsync(examineAll(readConfig(env), false));
  keepEvidence('table of the doctor', sections.map(tableOf).join('\n'));
  keepEvidence('report of the doctor', JSON.stringify(sections));
  return sections;
}

/** By upstream and id. */
const resultsOf = (sections: readonly Section[]): ReadonlyMap<string, Result> =>
  new Map(sections.flatMap((it) => it.results).map((it) => [`${it.upstream ?? 'ALL'} ${it.id}`, it]));

/** What is found otherwise than when all is well, but for what could not be checked because of it. */
function changesBetween(well: ReadonlyMap<string, Result>, now: ReadonlyMap<string, Result>): Record<string, Level> {
  const changed = [...now].filter(
    ([name, { level }]) => level !== 'unchecked' && level !== well.get(name)?.level && !dependsOnMachine(name),
  );
  return Object.fromEntries(changed.map(([name, { level }]) => [name, level]));
}

/** A busy machine is slow. */
const dependsOnMachine = (name: string): boolean => name.endsWith(' latency');

/** The emulators behave again, and remember no request. */
export function reset({ lucca, ctrlHub, naver }: Sandbox): void {
  Object.assign(lucca.knobs, luccaDefaults);
  Object.assign(ctrlHub.knobs, ctrlHubDefaults);
  Object.assign(naver.knobs, naverDefaults);
  naver.clockSkewMs = 0;
  sandboxLuccaClient.scopes = [...plainScopes];
  for (const emulator of [lucca, ctrlHub, naver]) {
    emulator.recover();
    emulator.requests.length = 0;
  }
}

/** A vendor that answers so to every request of a kind. */
export const always = (reply: Reply, matches: (request: EmulatorRequest) => boolean = () => true): Fault => ({
  times: 9_999,
  matches,
  reply,
});

/** Requests whose path has this part. */
export const under =
  (part: string) =>
  ({ path }: EmulatorRequest): boolean =>
    path.includes(part);

export type Case = {
  name: string;
  env?: Variables | ((sandbox: Sandbox) => Variables);
  prepare?: (sandbox: Sandbox) => unknown;
  /** Each finding that differs from when all is well. */
  finds: Record<string, Level>;
  /** The finding that is looked at: the first of those unless given. */
  first?: string;
  /** What it says, and what it advises or says. */
  says: RegExp;
  advises: RegExp;
};

/** Each case over real HTTP: what the doctor finds is compared with what it finds when all is well. */
export function describeCases(title: string, cases: readonly Case[]): void {
  let sandbox: Sandbox;
  let well: ReadonlyMap<string, Result>;

  beforeAll(async () => {
    sandbox = await startSandbox({ company: createCompany({ people: 200 }), luccaRateLimit: null });
    well = resultsOf(await examineWith(sandbox.env));
  });
  afterEach(() => reset(sandbox));
  afterAll(() => sandbox.close());

  describe(title, () => {
    it('all is well, finds no trouble', () => {
      const found = [...well.values()];
      expect(found.filter(({ level }) => level === 'trouble')).toEqual([]);
      expect(found.length).toBeGreaterThan(50);
    });

    it.each(cases)(
      '$name, says so, and what to do',
      async ({ env = {}, prepare, finds, first = Object.keys(finds)[0] ?? '', says, advises }) => {
        await prepare?.(sandbox);
        const changes = typeof env === 'function' ? env(sandbox) : env;
        const results = resultsOf(await examineWith({ ...sandbox.env, ...changes }));
        const { found, advice = '' } = results.get(first) ?? {};
        expect(changesBetween(well, results)).toEqual(finds);
        expect(found).toMatch(says);
        expect(`${found} ${advice}`).toMatch(advises);
      },
    );
  });
}
