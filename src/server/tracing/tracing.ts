import type { RequestListener } from 'node:http';
import type { Logger } from 'pino';
import packageJson from '../../../package.json' with { type: 'json' };
import type { TracingSettings } from '../../config/tracing-settings.ts';
import type { Listener } from '../telemetry/telemetry.ts';
import { createActivitySpans } from './activity-spans.ts';
import { endOperationSpan } from './operation-spans.ts';
import { createProvider } from './provider.ts';
import { samplingOf } from './sampling.ts';
import { createServerSpans } from './server-spans.ts';

export type Tracing = {
  listener: Listener;
  /** Opens a span for each request. */
  around(listener: RequestListener): RequestListener;
  /** Sends what has been gathered. */
  close(): Promise<void>;
};

/** Traces of what the process does, to a collector of OpenTelemetry. They hold templates, counts and codes: nobody's data. */
export async function createTracing(settings: TracingSettings, logger: Logger): Promise<Tracing> {
  const { sampler, isRootSampled } = samplingOf(settings);
  const provider = await createProvider(settings, sampler, logger);
  const tracer = provider.getTracer('hr-graph', packageJson.version);
  const { around, current } = createServerSpans(tracer, isRootSampled);
  const spans = createActivitySpans(tracer, current, isRootSampled);
  return {
    listener: {
      observer: spans.observer,
      measuresResolvers: (activity) => spans.spanOf(activity)?.span.isRecording() === true,
      onAnswered: (operation) => endOperationSpan(tracer, spans, operation),
    },
    around,
    close: () => provider.shutdown().catch(() => undefined),
  };
}
