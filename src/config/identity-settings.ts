import { type IdentityRule, identityRules } from '../domain/identity-rule.ts';
import type { Upstream } from '../domain/upstream.ts';
import { IdentityMapping } from '../identity/mapping.ts';
import { readMappingFile } from '../identity/mapping-file.ts';
import type { Environment } from './environment.ts';
import { anyText, type Format, quote } from './formats.ts';

export type IdentitySettings = {
  /** The rules, in the order in which they are applied. */
  rules: IdentityRule[];
  mappingFile: string | null;
  /** The mapping file, if a rule uses it. The server watches it and updates the links when it changes. */
  watchedFile: string | null;
  /** Empty without a mapping file. */
  mapping: IdentityMapping<Upstream>;
  /** HR_GRAPH_SECRET. `deriveKey` derives keys from it. */
  secret: string;
};

/** Not a secret: the sandbox's people are invented, and their ids are the same in every sandbox. */
const sandboxIdentitySecret = 'sandbox: not a secret';

type MappingSettings = Pick<IdentitySettings, 'mappingFile' | 'mapping'>;

/** Returns null if live mode has no secret; the environment then has the problem. */
export function readIdentity(env: Environment, mode: 'sandbox' | 'live'): IdentitySettings | null {
  const whyNeeded = mode === 'live' ? 'live mode derives its keys from it' : null;
  const givenSecret = env.readRenamed('HR_GRAPH_SECRET', 'NODE_ID_SECRET', anyText, whyNeeded);
  const secret = mode === 'live' ? givenSecret : sandboxIdentitySecret;
  const rules = env.read('IDENTITY_RULES', ruleList) ?? [...identityRules];
  const mapping = env.read('IDENTITY_MAP_FILE', mappingFile) ?? { mappingFile: null, mapping: new IdentityMapping([]) };
  const usesMapping = rules.includes('MAPPING_FILE');
  const used = usesMapping
    ? { ...mapping, watchedFile: mapping.mappingFile }
    : { mappingFile: mapping.mappingFile, mapping: new IdentityMapping<Upstream>([]), watchedFile: null };
  return secret === undefined ? null : { rules, ...used, secret };
}

const ruleNames = new Map(identityRules.map((rule) => [rule.toLowerCase().replaceAll('_', '-'), rule]));

/** Each rule at most once, in any order and case: `email,mapping-file`. */
const ruleList: Format<IdentityRule[]> = (text) => {
  const rules = new Set<IdentityRule>();
  for (const name of text.split(',').map((part) => part.trim())) {
    const rule = ruleNames.get(name.toLowerCase());
    if (rule === undefined)
      return { expected: `a comma list of ${[...ruleNames.keys()].join(', ')}`, got: quote(name) };
    if (rules.has(rule)) return { expected: 'each rule once', got: `${quote(name)} again` };
    rules.add(rule);
  }
  return { value: [...rules] };
};

const mappingFile: Format<MappingSettings> = (path) => {
  try {
    return { value: { mappingFile: path, mapping: readMappingFile(path) } };
  } catch (error) {
    return { expected: 'the path of a mapping file', got: `${quote(path)} (${reasonOf(error)})` };
  }
};

/** The code of a file system error, whose own message repeats the path; else the message. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unreadable';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
