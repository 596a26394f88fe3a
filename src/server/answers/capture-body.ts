import type { ServerResponse } from 'node:http';

/**
 * Calls back with all that was written, once it has been handed to the system; not where the client went away. What was
 * written as one piece is not copied: nobody changes bytes that are to be sent. Headers that are given together with the
 * status would not be found on the response: they are set on it first.
 */
export function captureBody(response: ServerResponse, whenWritten: (body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  const add = (chunk: unknown) => {
    if (typeof chunk === 'string') chunks.push(Buffer.from(chunk, 'utf8'));
    else if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
  };
  const { write, end, writeHead } = response;
  response.writeHead = (...args: unknown[]) => {
    const given = args.at(-1);
    if (typeof given === 'object' && given !== null && !Array.isArray(given)) {
      for (const [name, value] of Object.entries(given)) response.setHeader(name, value);
    }
    return Reflect.apply(writeHead, response, args);
  };
  response.write = (...args: unknown[]) => {
    add(args[0]);
    return Reflect.apply(write, response, args);
  };
  response.end = (...args: unknown[]) => {
    add(args[0]);
    return Reflect.apply(end, response, args);
  };
  response.once('finish', () => {
    const [first, second] = chunks;
    whenWritten(first !== undefined && second === undefined ? first : Buffer.concat(chunks));
  });
}
