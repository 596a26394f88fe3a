import { startSandbox } from './sandbox.ts';

/** `npm run sandbox`: runs the emulators in a separate process, and prints the settings that connect hr-graph to them. */
const sandbox = await startSandbox({ ports: { lucca: 4101, ctrlHub: 4102, naver: 4103 } });
for (const [name, value] of Object.entries(sandbox.env)) process.stdout.write(`${name}=${value}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sandbox.close());
