import type { Environment } from './environment.ts';
import { anyText, type Format, oneOf, onOff, wholeNumber } from './formats.ts';

/** The collector of traces, and the sampling. */
export type TracingSettings = {
  /** The address for OTLP over HTTP, with the path. */
  url: string;
  protocol: (typeof protocols)[number];
  sampler: Sampler;
  /** The share of traces for ratio samplers, from 0 to 1. */
  ratio: number;
  /** How long spans are collected before they are sent. */
  delayMs: number;
  /** Headers for the collector, as `name=value` separated by commas. A secret. */
  headers: string;
};

const samplers = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;
type Sampler = (typeof samplers)[number];

const protocols = ['http/protobuf', 'http/json'] as const;
/** Any of these turns on traces. */
const triggers = ['OTEL_TRACES_EXPORTER', 'OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'];
const tracesPath = '/v1/traces';
const longestDelayMs = 600_000;

/**
 * Null unless a collector is named. OTEL_TRACES_EXPORTER=none and OTEL_SDK_DISABLED=true turn traces off in any case. With
 * traces off, the other variables are not validated, because clusters set them for all programs.
 */
export function readTracing(env: Environment): TracingSettings | null {
  const isDisabled = env.read('OTEL_SDK_DISABLED', onOff) ?? false;
  const exporter = env.read('OTEL_TRACES_EXPORTER', isDisabled ? anyText : oneOf(['otlp', 'none']));
  const isTriggered = triggers.some((name) => env.isSet(name));
  const isOn = isTriggered && exporter !== 'none' && !isDisabled;
  const read = <T>(name: string, format: Format<T>): T | undefined => {
    if (isOn) return env.read(name, format);
    env.read(name, anyText);
    return undefined;
  };
  const base = read('OTEL_EXPORTER_OTLP_ENDPOINT', collectorAddress) ?? 'http://localhost:4318';
  const tracesUrl = read('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', collectorAddress);
  const protocol = read('OTEL_EXPORTER_OTLP_PROTOCOL', oneOf(protocols)) ?? 'http/protobuf';
  const settings: TracingSettings = {
    url: tracesUrl ?? `${base.replace(/\/+$/, '')}${tracesPath}`,
    protocol: read('OTEL_EXPORTER_OTLP_TRACES_PROTOCOL', oneOf(protocols)) ?? protocol,
    sampler: read('OTEL_TRACES_SAMPLER', oneOf(samplers)) ?? 'parentbased_always_on',
    ratio: read('OTEL_TRACES_SAMPLER_ARG', ratio) ?? 1,
    delayMs: read('OTEL_BSP_SCHEDULE_DELAY', wholeNumber(1, longestDelayMs)) ?? 5_000,
    headers: read('OTEL_EXPORTER_OTLP_HEADERS', headerPairs) ?? '',
  };
  // OpenTelemetry reads them itself.
  for (const name of ['OTEL_SERVICE_NAME', 'OTEL_RESOURCE_ATTRIBUTES']) read(name, anyText);
  return isOn ? settings : null;
}

/** Plain http is allowed, because collectors in a cluster often use it; spans contain no secret and no personal data. */
const collectorAddress: Format<string> = (text) => {
  const url = /^https?:\/\//i.test(text) ? URL.parse(text) : null;
  const isUsable = url !== null && url.username === '' && url.password === '' && !/[?#]/.test(text);
  return isUsable
    ? { value: text }
    : { expected: 'an address such as http://localhost:4318, without credentials and query', got: 'something else' };
};

const ratio: Format<number> = (text) =>
  /^(?:[01]|0?\.\d+|1\.0+)$/.test(text) ? { value: Number(text) } : { expected: 'a number from 0 to 1' };

/** As OpenTelemetry's specification has them: a wrong one would be left out without a word, or no trace be sent at all. */
const headerPairs: Format<string> = (text) =>
  text.split(',').every((pair) => pair.trim() === '' || isHeaderPair(pair))
    ? { value: text }
    : {
        expected: 'name=value with commas between them, percent-encoded where a value has other signs',
        got: 'something else',
      };

function isHeaderPair(pair: string): boolean {
  const [, name = '', value = ''] = /^([^=]*)=(.*)$/s.exec(pair) ?? [];
  try {
    return /^[\w!#$%&'*+.^`|~-]+$/.test(name.trim()) && /^[ -~]+$/.test(decodeURIComponent(value.trim()));
  } catch {
    return false;
  }
}
