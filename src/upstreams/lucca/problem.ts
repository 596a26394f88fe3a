import { z } from 'zod';
import { tryParseJson } from '../../http/json.ts';

/** The parts of a problem document that are safe to log: its `detail` and field messages can quote personal data. */
export type Problem = { title: string | null; fields: string[]; traceId: string | undefined };

const members = z
  .record(z.string(), z.unknown())
  .transform((record) =>
    Object.fromEntries(Object.entries(record).map(([name, value]) => [name.toLowerCase(), value])),
  );

const traceId = z
  .string()
  .regex(/^[\w|:.-]{1,128}$/)
  .nullish()
  .catch(null);

const problemDocument = members.pipe(
  z.object({
    title: z.string().nullish().catch(null),
    errors: members.nullish().catch(null),
    traceid: traceId,
    extensions: members
      .pipe(z.object({ traceid: traceId }))
      .nullish()
      .catch(null),
  }),
);

/** Reads an error body, which can hold anything. Member and field names are compared case-insensitively. */
export function readProblem(text: string): Problem {
  const document = tryParseJson(text, problemDocument);
  return {
    title: document?.title == null ? null : withoutAddresses(document.title).slice(0, 120),
    fields: Object.keys(document?.errors ?? {}).filter((name) => /^[\w.-]{1,60}$/.test(name)),
    traceId: document?.extensions?.traceid ?? document?.traceid ?? undefined,
  };
}

const withoutAddresses = (text: string) => text.replace(/\S*@\S*/g, '…').replace(/\s+/g, ' ');
