type Field = { number: number; value: Buffer | bigint };

/** The fields of a message of Protocol Buffers. Throws for bytes that are none. */
function fieldsOf(bytes: Buffer): Field[] {
  const fields: Field[] = [];
  let at = 0;
  const varint = (): bigint => {
    let result = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes.readUInt8(at);
      at += 1;
      result |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return result;
    }
  };
  const take = (length: number): Buffer => {
    if (at + length > bytes.length) throw new Error('A field is longer than its message.');
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const tag = Number(varint());
    const [number, type] = [tag >> 3, tag & 7];
    if (type === 0) fields.push({ number, value: varint() });
    else if (type === 1) fields.push({ number, value: take(8).readBigUInt64LE() });
    else if (type === 2) fields.push({ number, value: take(Number(varint())) });
    else if (type === 5) fields.push({ number, value: BigInt(take(4).readUInt32LE()) });
    else throw new Error(`There is no wire type ${type}.`);
  }
  return fields;
}

const messages = (bytes: Buffer, number: number): Buffer[] =>
  fieldsOf(bytes).flatMap((field) => (field.number === number && Buffer.isBuffer(field.value) ? [field.value] : []));

export type ProtobufSpan = { traceId: string; spanId: string; name: string; kind: number; tookNs: bigint };

/** Spans of an ExportTraceServiceRequest (opentelemetry-proto: trace_service.proto, trace.proto). */
export function spansIn(body: Buffer): ProtobufSpan[] {
  const spans = messages(body, 1)
    .flatMap((resourceSpans) => messages(resourceSpans, 2))
    .flatMap((scopeSpans) => messages(scopeSpans, 2));
  return spans.map((span) => {
    const number = (field: number) => fieldsOf(span).find((it) => it.number === field)?.value;
    const [start, end] = [number(7), number(8)];
    if (typeof start !== 'bigint' || typeof end !== 'bigint') throw new Error('A span has no times.');
    return {
      traceId: messages(span, 1)[0]?.toString('hex') ?? '',
      spanId: messages(span, 2)[0]?.toString('hex') ?? '',
      name: messages(span, 5)[0]?.toString('utf8') ?? '',
      kind: Number(number(6)),
      tookNs: end - start,
    };
  });
}
