import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { keepEvidence } from '../leaks/evidence.ts';

type Received = { path: string; contentType: string; headers: NodeJS.Dict<string | string[]>; body: Buffer };

/** Takes in what is sent to it, as a collector of OpenTelemetry does over HTTP. */
export async function startCollector() {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      const bytes: Buffer = chunk;
      chunks.push(bytes);
    }
    const body = Buffer.concat(chunks);
    const contentType = request.headers['content-type'] ?? '';
    keepEvidence('traces', body.toString('utf8'));
    received.push({ path: request.url ?? '', contentType, headers: request.headers, body });
    response.writeHead(200, { 'content-type': contentType }).end(contentType === 'application/json' ? '{}' : '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    received,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export type Collector = Awaited<ReturnType<typeof startCollector>>;
