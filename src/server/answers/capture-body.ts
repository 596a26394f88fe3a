import type { ServerResponse } from 'node:http';

/** Calls back with all that was written, once it has been handed to the system; not where the client went away. */
export function captureBody(response: ServerResponse, whenWritten: (body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  const add = (chunk: unknown) => {
    if (typeof chunk === 'string') chunks.push(Buffer.from(chunk, 'utf8'));
    else if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
  };
  const { write, end } = response;
  response.write = (...args: unknown[]) => {
    add(args[0]);
    return Reflect.apply(write, response, args);
  };
  response.end = (...args: unknown[]) => {
    add(args[0]);
    return Reflect.apply(end, response, args);
  };
  response.once('finish', () => whenWritten(Buffer.concat(chunks)));
}
