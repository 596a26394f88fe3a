import { parseKeyPairsIntoRecord } from '@opentelemetry/core';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, type Sampler, type SpanExporter, TracerProvider } from '@opentelemetry/sdk-trace';
import packageJson from '../../../package.json' with { type: 'json' };
import type { TracingSettings } from '../../config/tracing-settings.ts';

/** Gathers spans, and sends them to the collector. OTEL_RESOURCE_ATTRIBUTES may say more of this service. */
export async function createProvider(settings: TracingSettings, sampler: Sampler): Promise<TracerProvider> {
  const own = { 'service.name': settings.serviceName, 'service.version': packageJson.version };
  return new TracerProvider({
    resource: detectResources({ detectors: [envDetector] }).merge(resourceFromAttributes(own)),
    sampler,
    spanProcessors: [
      new BatchSpanProcessor({ exporter: await exporterOf(settings), scheduledDelayMillis: settings.delayMs }),
    ],
  });
}

async function exporterOf({ protocol, url, headers }: TracingSettings): Promise<SpanExporter> {
  const { OTLPTraceExporter } =
    protocol === 'http/json'
      ? await import('@opentelemetry/exporter-trace-otlp-http')
      : await import('@opentelemetry/exporter-trace-otlp-proto');
  return new OTLPTraceExporter({ url, headers: parseKeyPairsIntoRecord(headers) });
}
