import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace';
import type { TracingSettings } from '../../config/tracing-settings.ts';

export type Sampling = {
  /** Whether a trace that begins here is made. Most are not, and those are to cost nothing: no span is opened for them. */
  isRootSampled(): boolean;
  /** For what has a parent, and for roots that are sampled. */
  sampler: Sampler;
};

/** By OTEL_TRACES_SAMPLER. The trace of a caller is sampled by its id or its flag, so that all services do the same. */
export function samplingOf({ sampler, ratio }: TracingSettings): Sampling {
  const share = sampler.endsWith('always_on') ? 1 : sampler.endsWith('always_off') ? 0 : ratio;
  const root = new AlwaysOnSampler();
  return {
    isRootSampled: () => share > 0 && (share >= 1 || Math.random() < share),
    sampler: sampler.startsWith('parentbased_')
      ? new ParentBasedSampler({ root })
      : new ParentBasedSampler({ root, remoteParentSampled: alone(share), remoteParentNotSampled: alone(share) }),
  };
}

const alone = (share: number): Sampler => (share > 0 ? new TraceIdRatioBasedSampler(share) : new AlwaysOffSampler());
