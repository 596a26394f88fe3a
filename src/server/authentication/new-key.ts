import { createHash, randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { scopes as knownScopes } from '../../domain/scopes.ts';

/** `npm run key:new -- --id reporting --scopes employees.readonly,grades.readonly`: a key, and how to let it in. */
const { values } = parseArgs({ options: { id: { type: 'string' }, scopes: { type: 'string' } } });
const { id = '', scopes: list = '' } = values;
const scopes = list.split(/[\s,]+/).filter((it) => it !== '');

const isKnown = (scope: string) => knownScopes.some((it) => it === scope);

if (!/^[\w.-]{1,64}$/.test(id) || scopes.length === 0 || !scopes.every(isKnown)) {
  process.stderr.write(`Usage: npm run key:new -- --id name --scopes employees.readonly,grades.readonly
Scopes: ${knownScopes.join(', ')}
`);
  process.exit(1);
}

const key = `hrg_${randomBytes(32).toString('base64url')}`;
const sha256 = createHash('sha256').update(key).digest('hex');
process.stdout.write(`The key of ${id}, which is shown this once:

  ${key}

Add this to the list in API_KEYS_FILE, which holds no key itself:

  ${JSON.stringify({ id, sha256, scopes })}
`);
