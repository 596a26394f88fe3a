import { createServer } from 'node:http';

export type Payroll = { url: string; close(): Promise<void> };

/** The upstream of the recipe, on loopback. */
export async function startPayroll(payees: readonly object[]): Promise<Payroll> {
  const server = createServer((request, response) => {
    const isFound = request.url === '/payees';
    response.writeHead(isFound ? 200 : 404, { 'content-type': 'application/json' });
    response.end(isFound ? JSON.stringify(payees) : '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('expected a port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
