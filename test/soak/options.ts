import { parseArgs } from 'node:util';

export type Options = {
  minutes: number;
  /** Operations that begin, whether or not earlier ones have ended. */
  perSecond: number;
  /** The replicas share a Redis, which is killed and paused. */
  isOverRedis: boolean;
  /** Where the figures go, as its section on the soak; nowhere if null. */
  out: string | null;
};

/** Throws for what it does not know. */
export function readOptions(args: string[], defaultOut: string): Options {
  const { values } = parseArgs({
    args,
    options: {
      minutes: { type: 'string', default: '10' },
      'per-second': { type: 'string', default: '200' },
      redis: { type: 'boolean', default: false },
      out: { type: 'string', default: defaultOut },
    },
  });
  return {
    minutes: positive('minutes', values.minutes),
    perSecond: positive('per-second', values['per-second']),
    isOverRedis: values.redis,
    out: values.out === 'none' ? null : values.out,
  };
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0 && value <= 1_000) return value;
  throw new Error(`--${name}: expected a whole number from 1 to 1000, got ${text}`);
}
