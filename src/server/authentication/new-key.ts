import { createHash, randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { scopes as knownScopes } from '../../domain/scopes.ts';

/** `npm run key:new -- --id reporting --scopes employees.readonly,grades.readonly`: prints a key and its line for the file. */
const { values } = parseArgs({ options: { id: { type: 'string' }, scopes: { type: 'string' } } });
const id = values.id ?? '';
const scopes = (values.scopes ?? '').split(/[\s,]+/).filter((scope) => scope !== '');

if (!/^[\w.-]{1,64}$/.test(id)) {
  throw new Error(`--id: expected up to 64 letters, digits, and _ . -, got ${JSON.stringify(id)}`);
}
const unknown = scopes.find((scope) => !knownScopes.some((known) => known === scope));
if (unknown !== undefined || scopes.length === 0) {
  throw new Error(`--scopes: expected some of ${knownScopes.join(', ')}, got ${JSON.stringify(unknown ?? '')}`);
}

const key = `hrg_${randomBytes(32).toString('base64url')}`;
const sha256 = createHash('sha256').update(key).digest('hex');
process.stdout.write(`The key of ${id}, which is shown this once:

  ${key}

Add this to the list in API_KEYS_FILE, which holds no key itself:

  ${JSON.stringify({ id, sha256, scopes })}
`);
