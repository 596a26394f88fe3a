import type { IncomingMessage } from 'node:http';

/**
 * The body of a request, which is then put back for whoever reads it next. Null where it did not come whole: what came
 * is put back all the same.
 */
export function peekBody(request: IncomingMessage, length: number): Promise<Buffer | null> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let received = 0;

    const settle = () => {
      for (const event of ['readable', 'error', 'close'] as const) request.off(event, listeners[event]);
      const body = Buffer.concat(chunks);
      // In the same tick as the last read: once the stream has told of its end, nothing can be put back.
      if (received > 0 && !request.readableEnded) request.unshift(body);
      resolve(received === length ? body : null);
    };
    const listeners = {
      readable: () => {
        const chunk: Buffer | null = request.read();
        if (chunk !== null) {
          chunks.push(chunk);
          received += chunk.length;
        }
        if (received >= length) settle();
      },
      error: settle,
      close: settle,
    };
    for (const event of ['readable', 'error', 'close'] as const) request.on(event, listeners[event]);
  });
}
