import type { Config } from '../config/config.ts';
import { Activity } from '../domain/activity.ts';
import { type Upstream, upstreamName, upstreams } from '../domain/upstream.ts';
import { createRequestContext, inContext } from '../http/request-context.ts';
import { note, ok, type Result, trouble, unchecked } from './finding.ts';
import { type Shapes, shapesOf } from './shape.ts';
import { type Examination, vendors } from './vendors.ts';

/** The results for one system, or for the configuration. */
export type Section = {
  upstream: Upstream | null;
  title: string;
  results: readonly Result[];
  /** The number of requests that count against the vendor's rate limit. */
  requests: number;
  /** For each list that was read: the shapes of the members of its rows. */
  shapes: { [list: string]: Shapes };
};

/** With a low rate limit, requests wait and an examination takes minutes. */
const patienceMs = 10 * 60_000;

const configuration = (results: readonly Omit<Result, 'id' | 'upstream' | 'title'>[]): Section => ({
  upstream: null,
  title: 'Configuration',
  results: results.map((result) => ({ id: 'configuration', upstream: null, title: 'Settings', ...result })),
  requests: 0,
  shapes: {},
});

/** The section for settings with which the server would not start. */
export const unusableConfiguration = (problems: readonly string[]): Section =>
  configuration(
    problems.map((problem, index) =>
      trouble(
        asSentence(problem),
        index < problems.length - 1 ? undefined : 'The server does not start with these settings. See .env.example.',
      ),
    ),
  );

/** A problem that suggests a name ends with its own mark. */
const asSentence = (problem: string): string => (problem.endsWith('?') ? problem : `${problem}.`);

/** Examines all configured systems in parallel. Yields the sections in the order of the systems, each when it is ready. */
export async function* examineAll(config: Config, isSandbox: boolean): AsyncGenerator<Section> {
  yield configuration(configurationFindings(config, isSandbox));
  const sections = upstreams.map((upstream) => examineOne(upstream, config));
  // If several fail, only the first awaited failure is thrown; the others must not become unhandled rejections.
  for (const section of sections) section.catch(() => undefined);
  for (const section of sections) {
    const examined = await section;
    if (examined !== null) yield examined;
  }
}

function configurationFindings(config: Config, isSandbox: boolean) {
  const configured = upstreams.filter((upstream) => config.upstreams[upstream] !== null).map(upstreamName);
  const used = ok(`the server starts with them, over ${configured.join(', ')}`);
  const emulated = note(
    'No system is configured.',
    'The doctor examined the emulators. Configure a system as .env.example describes.',
  );
  const warnings = config.warnings.map((warning) => note(`${warning}.`, 'It is accepted for now.'));
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
  const without = { id: 'checks', upstream, title: 'Checks', ...unchecked('there are no checks for this system') };
  const none = { run: async () => [without], samples: () => [], sent: () => 0, close: async () => undefined };
  return vendors[upstream]?.(settings, config.network, config) ?? none;
}

/** For the lists that could be read. The checks report the others. */
async function shapesIn({ samples }: Examination): Promise<Section['shapes']> {
  const settled = await Promise.allSettled(samples().map((sample) => sample()));
  const samplesRead = settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  return Object.fromEntries(samplesRead.map(({ resource, raw }) => [resource, shapesOf(raw)]));
}
