import { parseKeyPairsIntoRecord } from '@opentelemetry/core';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, type Sampler, type SpanExporter, TracerProvider } from '@opentelemetry/sdk-trace';
import type { Logger } from 'pino';
import packageJson from '../../../package.json' with { type: 'json' };
import type { TracingSettings } from '../../config/tracing-settings.ts';
import { withReport } from './export-report.ts';

/**
 * Gathers spans, and sends them to the collector. OTEL_RESOURCE_ATTRIBUTES may say more of this service, its name as well;
 * OTEL_SERVICE_NAME wins.
 */
export async function createProvider(
  settings: TracingSettings,
  sampler: Sampler,
  logger: Logger,
): Promise<TracerProvider> {
  const own = { 'service.name': 'hr-graph', 'service.version': packageJson.version };
  const exporter = withReport(await exporterOf(settings), logger);
  return new TracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes(own))
      .merge(detectResources({ detectors: [envDetector] })),
    sampler,
    spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: settings.delayMs })],
  });
}

async function exporterOf({ protocol, url, headers }: TracingSettings): Promise<SpanExporter> {
  const { OTLPTraceExporter } =
    protocol === 'http/json'
      ? await import('@opentelemetry/exporter-trace-otlp-http')
      : await import('@opentelemetry/exporter-trace-otlp-proto');
  return new OTLPTraceExporter({ url, headers: parseKeyPairsIntoRecord(headers) });
}
