import type { Config } from '../config/config.ts';
import { Activity } from '../domain/activity.ts';
import { type Upstream, upstreamName, upstreams } from '../domain/upstream.ts';
import { createRequestContext, inContext } from '../http/request-context.ts';
import { note, ok, type Result, trouble, unchecked } from './finding.ts';
import { type Shapes, shapesOf } from './shape.ts';
import { type Examination, vendors } from './vendors.ts';

/** What was found of one system, or of the configuration. */
export type Section = {
  upstream: Upstream | null;
  title: string;
  results: readonly Result[];
  /** Requests that the vendor's allowance counts. */
  requests: number;
  /** Of the rows of each list that was read: how each member looks. */
  shapes: { [list: string]: Shapes };
};

/** Where an allowance is so small that requests have to wait for it, an examination takes minutes. */
const patienceMs = 10 * 60_000;

const configuration = (results: readonly Omit<Result, 'id' | 'upstream' | 'title'>[]): Section => ({
  upstream: null,
  title: 'Configuration',
  results: results.map((it) => ({ id: 'configuration', upstream: null, title: 'Settings', ...it })),
  requests: 0,
  shapes: {},
});

/** Of settings with which the server would not start. */
export const unusableConfiguration = (problems: readonly string[]): Section =>
  configuration(
    problems.map((it, index) =>
      trouble(
        asSentence(it),
        index < problems.length - 1 ? undefined : 'The server does not start so. See .env.example.',
      ),
    ),
  );

/** A problem that ends with a guess is a question. */
const asSentence = (problem: string): string => (problem.endsWith('?') ? problem : `${problem}.`);

/** Examines all configured systems at once; sections come in the order of the systems, each as soon as it is there. */
export async function* examineAll(config: Config, isSandbox: boolean): AsyncGenerator<Section> {
  yield configuration(configurationFindings(config, isSandbox));
  const sections = upstreams.map((upstream) => examineOne(upstream, config));
  // Of several that fail, the first one that is waited for is told.
  for (const section of sections) section.catch(() => undefined);
  for (const section of sections) {
    const examined = await section;
    if (examined !== null) yield examined;
  }
}

function configurationFindings(config: Config, isSandbox: boolean) {
  const configured = upstreams.filter((it) => config.upstreams[it] !== null).map(upstreamName);
  const used = ok(`the server starts with them, over ${configured.join(', ')}`);
  const emulated = note('No system is configured.', 'The emulated ones are examined. Set what .env.example describes.');
  const warnings = config.warnings.map((it) => note(`${it}.`, 'It is accepted for now.'));
  return [isSandbox ? emulated : used, ...warnings];
}

async function examineOne(upstream: Upstream, config: Config): Promise<Section | null> {
  const examination = open(upstream, config);
  if (examination === null) return null;
  const context = createRequestContext({
    activity: new Activity({ name: 'doctor', kind: 'operation' }),
    ...{ priority: 'interactive', deadline: performance.now() + patienceMs },
  });
  try {
    const results = await inContext(context, () => examination.run());
    const shapes = await shapesIn(examination);
    return { upstream, title: upstreamName(upstream), results, requests: examination.sent(), shapes };
  } finally {
    await examination.close();
  }
}

function open<U extends Upstream>(upstream: U, config: Config): Examination | null {
  const settings = config.upstreams[upstream];
  if (settings === null) return null;
  const without = { id: 'checks', upstream, title: 'Checks', ...unchecked('there are none for this system') };
  const none = { run: async () => [without], samples: () => [], sent: () => 0, close: async () => undefined };
  return vendors[upstream]?.(settings, config.network, config) ?? none;
}

/** Of the lists that came; the checks have told of the others. */
async function shapesIn({ samples }: Examination): Promise<Section['shapes']> {
  const settled = await Promise.allSettled(samples().map((sample) => sample()));
  const came = settled.flatMap((it) => (it.status === 'fulfilled' ? [it.value] : []));
  return Object.fromEntries(came.map(({ resource, raw }) => [resource, shapesOf(raw)]));
}
