import { z } from 'zod';

/** ExportTraceServiceRequest as OTLP maps it to JSON: ids in hex, 64-bit numbers as text, enums as numbers. */

const primitive = z.union([
  z.strictObject({ stringValue: z.string() }),
  z.strictObject({ boolValue: z.boolean() }),
  z.strictObject({ intValue: z.union([z.int(), z.string().regex(/^-?\d+$/)]) }),
  z.strictObject({ doubleValue: z.number() }),
]);
const value = z.union([primitive, z.strictObject({ arrayValue: z.strictObject({ values: z.array(primitive) }) })]);
const attributes = z.array(z.strictObject({ key: z.string().min(1), value }));
const traceId = z.string().regex(/^(?!0+$)[\da-f]{32}$/);
const spanId = z.string().regex(/^(?!0+$)[\da-f]{16}$/);
const nanoseconds = z.string().regex(/^\d{19}$/);
const dropped = z.int().nonnegative().optional();

const span = z
  .strictObject({
    traceId,
    spanId,
    parentSpanId: spanId.optional(),
    traceState: z.string().optional(),
    flags: z.int().nonnegative().optional(),
    name: z.string().min(1),
    kind: z.int().min(1).max(5),
    startTimeUnixNano: nanoseconds,
    endTimeUnixNano: nanoseconds,
    attributes,
    droppedAttributesCount: dropped,
    events: z.array(
      z.strictObject({ timeUnixNano: nanoseconds, name: z.string(), attributes, droppedAttributesCount: dropped }),
    ),
    droppedEventsCount: dropped,
    links: z.array(
      z.strictObject({
        traceId,
        spanId,
        traceState: z.string().optional(),
        flags: z.int().optional(),
        attributes,
        droppedAttributesCount: dropped,
      }),
    ),
    droppedLinksCount: dropped,
    status: z.strictObject({ code: z.int().min(0).max(2), message: z.string().optional() }),
  })
  .refine((it) => BigInt(it.startTimeUnixNano) <= BigInt(it.endTimeUnixNano), 'ends before it starts');

const exportRequest = z.strictObject({
  resourceSpans: z.array(
    z.strictObject({
      resource: z.strictObject({ attributes, droppedAttributesCount: dropped }),
      schemaUrl: z.string().optional(),
      scopeSpans: z.array(
        z.strictObject({
          scope: z.strictObject({ name: z.string(), version: z.string().optional() }),
          schemaUrl: z.string().optional(),
          spans: z.array(span),
        }),
      ),
    }),
  ),
});

type Value = z.infer<typeof value>;
const plain = (it: Value): unknown =>
  'arrayValue' in it ? it.arrayValue.values.map((one) => Object.values(one)[0]) : Object.values(it)[0];

type Attributes = Record<string, unknown>;
const toObject = (list: z.infer<typeof attributes>): Attributes =>
  Object.fromEntries(list.map(({ key, value: it }) => [key, plain(it)]));

/** A span as tests look at it. */
export type Span = Omit<z.infer<typeof span>, 'attributes' | 'events'> & {
  attributes: Attributes;
  events: { name: string; attributes: Attributes }[];
  resource: Attributes;
};

/** Throws for what is no valid request. */
export function spansIn(body: string): Span[] {
  return exportRequest.parse(JSON.parse(body)).resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map((it) => ({
        ...it,
        attributes: toObject(it.attributes),
        events: it.events.map((event) => ({ name: event.name, attributes: toObject(event.attributes) })),
        resource: toObject(resource.attributes),
      })),
    ),
  );
}
