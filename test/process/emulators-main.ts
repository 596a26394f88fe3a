import { startSandbox } from '../../src/sandbox/sandbox.ts';

/** The emulated vendors in a process of their own, on free ports; their variables are one line of JSON on stdout. */
const sandbox = await startSandbox();
process.stdout.write(`${JSON.stringify(sandbox.env)}\n`);
