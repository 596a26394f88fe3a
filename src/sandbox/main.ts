import { createServer } from 'node:net';
import { startSandbox } from './sandbox.ts';

/** `npm run sandbox`: the emulated vendors in a process of their own, and the variables that lead to them. */
const ports = { lucca: await unlessInUse(4101), ctrlHub: await unlessInUse(4102), naver: await unlessInUse(4103) };
const sandbox = await startSandbox({ ports });
for (const [name, value] of Object.entries(sandbox.env)) process.stdout.write(`${name}=${value}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sandbox.close());

/** 0, for any free port, where another program listens already: a second sandbox is as good as the first. */
function unlessInUse(port: number): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(0));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(port)));
  });
}
