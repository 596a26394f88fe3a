import { startSandbox } from './sandbox.ts';
import { bringTrouble } from './trouble.ts';

/** `npm run sandbox`: runs the emulators in a separate process, and prints the settings that connect hr-graph to them. */
const sandbox = await startSandbox({ ports: { lucca: 4101, ctrlHub: 4102, naver: 4103 } });
bringTrouble(sandbox, process.argv.slice(2));
for (const [name, value] of Object.entries(sandbox.env)) process.stdout.write(`${name}=${value}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sandbox.close());
