import { AsyncLocalStorage } from 'node:async_hooks';
import { ExportResultCode } from '@opentelemetry/core';
import type { SpanExporter } from '@opentelemetry/sdk-trace';
import type { Logger } from 'pino';

/** Logs when traces begin to be lost, and when the collector takes them again: a line for each change, not for each batch. */
export function withReport(exporter: SpanExporter, logger: Logger): SpanExporter {
  // A batch is sent in the context of some request, which the log line is not about.
  const outside = AsyncLocalStorage.snapshot();
  let isFailing = false;
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        const hasFailed = result.code !== ExportResultCode.SUCCESS;
        if (hasFailed && !isFailing) {
          outside(() =>
            logger.warn({ reason: reasonOf(result.error) }, 'the collector takes no traces: they are lost'),
          );
        }
        if (!hasFailed && isFailing) outside(() => logger.info('the collector takes traces again'));
        isFailing = hasFailed;
        done(result);
      }),
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
    shutdown: () => exporter.shutdown(),
  };
}

/** `code`: an HTTP status, or that of a connection, such as ECONNREFUSED. Some connection errors have no message. */
function reasonOf(error: (Error & { code?: number | string }) | undefined): string {
  const parts = [error?.code, error?.message].filter((it) => it !== undefined && it !== '');
  return parts.length === 0 ? 'unknown' : parts.join(' ');
}
