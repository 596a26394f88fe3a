import { z } from 'zod';
import { tryParseJson } from '../../http/json.ts';

/** What is safe and useful to tell of a problem document: its `detail` and field messages may quote people's data. */
export type Problem = { title: string | null; fields: string[]; traceId: string | undefined };

const members = z
  .record(z.string(), z.unknown())
  .transform((it) => Object.fromEntries(Object.entries(it).map(([name, value]) => [name.toLowerCase(), value])));

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

/** Reads an error body, which may be anything. Member and field names are compared without regard to case. */
export function readProblem(text: string): Problem {
  const document = tryParseJson(text, problemDocument);
  return {
    title: document?.title == null ? null : withoutAddresses(document.title).slice(0, 120),
    fields: Object.keys(document?.errors ?? {}).filter((it) => /^[\w.-]{1,60}$/.test(it)),
    traceId: document?.extensions?.traceid ?? document?.traceid ?? undefined,
  };
}

const withoutAddresses = (text: string) => text.replace(/\S*@\S*/g, '…').replace(/\s+/g, ' ');
