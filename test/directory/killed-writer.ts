import { writeDirectoryFile } from '../../src/directory/directory-file.ts';

/** A process that is killed while it writes the copy which its argument names. */
const [path = ''] = process.argv.slice(2);
const rows = Array.from({ length: 2_000 }, (_, id) => ({ id, name: `Person ${id}` }));
rows[1_500] = Object.assign({ id: 1_500, name: '' }, { toJSON: () => process.kill(process.pid, 'SIGKILL') });
await writeDirectoryFile(
  { path, key: Buffer.alloc(32, 1), accounts: 'a company', shape: 'of this release' },
  { employees: { value: { rows }, asOf: 1, tookMs: 1 } },
);
