import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.ts';

const tracing = (env: Record<string, string>) => readConfig(env).telemetry.tracing;

describe('the settings of traces', () => {
  it('are as OpenTelemetry’s specification has them', () => {
    expect(tracing({})).toBeNull();
    expect(tracing({ OTEL_TRACES_EXPORTER: 'otlp' })).toEqual({
      url: 'http://localhost:4318/v1/traces',
      protocol: 'http/protobuf',
      sampler: 'parentbased_always_on',
      ratio: 1,
      delayMs: 5_000,
      headers: '',
    });
    expect(tracing({ OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.example/otlp/' })?.url).toBe(
      'https://collector.example/otlp/v1/traces',
    );
    const own = {
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://traces.example/in',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    };
    expect(tracing(own)).toMatchObject({ url: 'https://traces.example/in', protocol: 'http/json' });
    expect(tracing({ ...own, OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/protobuf' })?.protocol).toBe('http/protobuf');
    const tenth = { ...own, OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.1' };
    expect(tracing(tenth)).toMatchObject({ sampler: 'parentbased_traceidratio', ratio: 0.1 });
  });

  it.each([
    [{ OTEL_TRACES_EXPORTER: 'zipkin' }, /OTEL_TRACES_EXPORTER: expected one of otlp, none, got "zipkin"/],
    [
      { OTEL_TRACES_EXPORTER: 'otlp', OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' },
      /expected one of http\/protobuf, http\/json, got "grpc"/,
    ],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4317' }, /OTEL_EXPORTER_OTLP_ENDPOINT: expected an address/],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'https://user:word@collector.example' }, /got something else/],
    ...['a-key', 'a-key=%zz', 'a key=x', 'a-key=', 'a-key=x,b', 'a-key=%0a'].map(
      (text): [Record<string, string>, RegExp] => [
        { OTEL_TRACES_EXPORTER: 'otlp', OTEL_EXPORTER_OTLP_HEADERS: text },
        /OTEL_EXPORTER_OTLP_HEADERS: expected name=value with commas between them, .*, got something else/,
      ],
    ),
    [{ OTEL_TRACES_EXPORTER: 'otlp', OTEL_TRACES_SAMPLER_ARG: '1.5' }, /expected a number from 0 to 1, got "1.5"/],
    [
      { OTEL_TRACES_EXPORTER: 'otlp', OTEL_TRACES_SAMPLER: 'sometimes' },
      /OTEL_TRACES_SAMPLER: expected one of always_on/,
    ],
  ])('stop the start where they are wrong: %j', (env, problem) => {
    expect(() => readConfig(env)).toThrow(problem);
  });

  it('take headers as OpenTelemetry has them', () => {
    const headers = 'authorization=Bearer%20abc==, x-tenant = hr ,';
    expect(tracing({ OTEL_TRACES_EXPORTER: 'otlp', OTEL_EXPORTER_OTLP_HEADERS: headers })).toMatchObject({ headers });
  });

  it('are of no matter where there are to be no traces', () => {
    const forEverybody = { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc', OTEL_TRACES_SAMPLER: 'jaeger_remote' };
    expect(tracing(forEverybody)).toBeNull();
    expect(
      tracing({ ...forEverybody, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4317', OTEL_TRACES_EXPORTER: 'none' }),
    ).toBeNull();
    expect(tracing({ OTEL_SDK_DISABLED: 'true', OTEL_TRACES_EXPORTER: 'console' })).toBeNull();
  });
});

describe('SLOW_OPERATION_MS', () => {
  it('is a second unless it is set', () => {
    expect(readConfig({}).telemetry.slowOperationMs).toBe(1_000);
    expect(readConfig({ SLOW_OPERATION_MS: '250' }).telemetry.slowOperationMs).toBe(250);
    expect(() => readConfig({ SLOW_OPERATION_MS: 'never' })).toThrow(
      /SLOW_OPERATION_MS: expected a whole number from 1 to 600000/,
    );
  });
});
