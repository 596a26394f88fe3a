import type { CtrlHubData } from '../company/data.ts';
import { type Argument, type Call, InvalidFilter, parseFilter } from './filter-grammar.ts';
import type { FilterDialect } from './knobs.ts';
import { invalidParameter } from './problems.ts';

type AssignmentRow = CtrlHubData['assignments'][number];
type Predicate = (row: AssignmentRow) => boolean;

const fields: ReadonlyMap<string, (row: AssignmentRow) => string | null> = new Map([
  ['user', (row) => row.userId],
  ['role', (row) => row.roleId],
  ['type', (row) => row.type],
]);

const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;
const bracketed = /^filter\[(.*)\]$/;

/** Whether a parameter belongs to the bracket dialect. */
export const isBracketFilter = (parameter: string): boolean => bracketed.test(parameter);

/**
 * Parses the filter of a query, in each enabled dialect:
 * `named` filter=user('a','b'), `operator` filter=eq(user,a) or filter=in(user,[a,b]), both with and(...), or(...) and
 * a top-level list that means and; `bracket` filter[user]=a, where a repeated key gives alternatives. Users and job roles
 * are given by uuid in any case, type by its text. Throws a 400 about the parameter `filter` for anything else.
 */
export function readAssignmentFilter(query: URLSearchParams, dialects: readonly FilterDialect[]): Predicate {
  const bracketNames = [...new Set(query.keys())].filter(isBracketFilter);
  const sent = [query.get('filter') ?? '', ...bracketNames.map((name) => `${name}=${query.getAll(name).join()}`)];
  try {
    return allOf([
      ...parseFilter(query.get('filter') ?? '').map((call) => compile(call, dialects)),
      ...bracketNames.map((name) => isOneOf(bracketed.exec(name)?.[1] ?? '', query.getAll(name))),
    ]);
  } catch (error) {
    if (error instanceof InvalidFilter) throw invalidParameter('filter', sent.filter(Boolean).join('&'), error.message);
    throw error;
  }
}

function compile(call: Call, dialects: readonly FilterDialect[]): Predicate {
  const { name, arguments: given } = call;
  if (name === 'and') return allOf(operandsOf(call, dialects));
  if (name === 'or') return anyOf(operandsOf(call, dialects));
  if (dialects.includes('operator') && (name === 'eq' || name === 'in')) {
    const [field, value, ...rest] = given;
    if (field?.kind !== 'bare' || rest.length > 0) throw new InvalidFilter(`${name} takes a field and a value.`);
    return isOneOf(field.text, operatorValues(name, value));
  }
  if (dialects.includes('named') && fields.has(name)) return isOneOf(name, given.map(quotedText));
  throw new InvalidFilter(`There is no filter ${name}.`);
}

function operandsOf({ name, arguments: given }: Call, dialects: readonly FilterDialect[]): Predicate[] {
  if (given.length === 0) throw new InvalidFilter(`${name} takes at least one filter.`);
  return given.map((operand) => {
    if (operand.kind !== 'call') throw new InvalidFilter(`${name} takes filters only.`);
    return compile(operand, dialects);
  });
}

/** The operator dialect has no quotes: eq takes one bare value, in takes a list in square brackets. */
function operatorValues(operator: 'eq' | 'in', value: Argument | undefined): string[] {
  if (operator === 'eq' && value?.kind === 'bare') return [value.text];
  if (operator === 'in' && value?.kind === 'list') return value.items;
  throw new InvalidFilter(operator === 'eq' ? 'eq takes one unquoted value.' : 'in takes a list: [a,b].');
}

function quotedText(argument: Argument): string {
  if (argument.kind === 'quoted') return argument.text;
  throw new InvalidFilter('A named filter takes quoted values.');
}

function isOneOf(name: string, values: readonly string[]): Predicate {
  const fieldOf = fields.get(name);
  if (fieldOf === undefined) throw new InvalidFilter(`There is no filter ${name}.`);
  if (values.length === 0) throw new InvalidFilter(`${name} takes at least one value.`);
  const wanted: ReadonlySet<string | null> = new Set(name === 'type' ? values : values.map(readUuid));
  return (row) => wanted.has(fieldOf(row));
}

function readUuid(text: string): string {
  if (uuid.test(text)) return text.toLowerCase();
  throw new InvalidFilter(`"${text}" is not a uuid.`);
}

const allOf =
  (predicates: readonly Predicate[]): Predicate =>
  (row) =>
    predicates.every((holds) => holds(row));

const anyOf =
  (predicates: readonly Predicate[]): Predicate =>
  (row) =>
    predicates.some((holds) => holds(row));
