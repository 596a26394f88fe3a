import fc, { type GeneratorValue } from 'fast-check';
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';

/** Values that mean something to the server under test, by the name of their scalar. */
export type KnownValues = Record<string, readonly string[]>;

export type RandomOperation = { query: string; variables: Record<string, unknown> };

const maxDepth = 5;
const maxFields = 4;

/** A valid operation over the schema, in small numbers of everything: fields, aliases, fragments, directives, variables. */
export function randomOperation(draw: GeneratorValue, schema: GraphQLSchema, known: KnownValues): RandomOperation {
  const variables: Record<string, unknown> = {};
  const definitions: string[] = [];
  const fragments: string[] = [];
  let names = 0;

  const oneIn = (chances: number): boolean => draw(fc.nat, { max: chances - 1 }) === 0;
  const pick = <T>(items: readonly T[]): T => {
    const item = items[draw(fc.nat, { max: items.length - 1 })];
    if (item === undefined) throw new Error('There is nothing to pick from.');
    return item;
  };
  const newName = (prefix: string): string => `${prefix}${names++}`;

  function selectionOf(type: GraphQLNamedType, depth: number): string {
    const parts = ['__typename'];
    if (isObjectType(type) || isInterfaceType(type)) {
      const fields = Object.values(type.getFields()).filter(
        (it) => depth < maxDepth || isLeafType(getNamedType(it.type)),
      );
      const count = draw(fc.nat, { max: maxFields });
      if (fields.length > 0) for (let index = 0; index < count; index += 1) parts.push(fieldText(pick(fields), depth));
    }
    if (isAbstractType(type)) {
      for (const possible of schema.getPossibleTypes(type).filter(() => oneIn(3))) {
        parts.push(`... on ${possible.name} ${selectionOf(possible, depth + 1)}`);
      }
    }
    const text = `{ ${parts.join(' ')} }`;
    if (!oneIn(8)) return text;
    const name = newName('F');
    fragments.push(`fragment ${name} on ${type.name} ${text}`);
    return `{ ...${name} }`;
  }

  function fieldText(field: GraphQLField<unknown, unknown>, depth: number): string {
    const given = field.args
      .filter((it) => isRequiredArgument(it) || oneIn(it.name === 'after' ? 20 : 2))
      .map(argumentText);
    const args = given.length === 0 ? '' : `(${given.join(', ')})`;
    const directive = oneIn(12) ? ` @${pick(['skip', 'include'])}(if: ${pick(['true', 'false'])})` : '';
    const type = getNamedType(field.type);
    const below = isLeafType(type) ? '' : ` ${selectionOf(type, depth + 1)}`;
    // Each has a name of its own, so that no two have to be merged.
    return `${newName('a')}: ${field.name}${args}${directive}${below}`;
  }

  function argumentText({ name, type }: GraphQLArgument): string {
    const value = valueFor(type);
    if (oneIn(2)) return `${name}: ${literal(value, type)}`;
    const variable = newName('v');
    variables[variable] = value;
    definitions.push(`$${variable}: ${type}`);
    return `${name}: $${variable}`;
  }

  function valueFor(type: GraphQLInputType): unknown {
    if (isNonNullType(type)) return valueFor(type.ofType);
    if (isListType(type)) return Array.from({ length: draw(fc.nat, { max: 3 }) }, () => valueFor(type.ofType));
    if (isEnumType(type)) return pick(type.getValues()).name;
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields());
      const chosen = type.isOneOf ? [pick(fields)] : fields.filter((it) => isRequiredInputField(it) || oneIn(5));
      return Object.fromEntries(chosen.map((it) => [it.name, valueFor(it.type)]));
    }
    return scalarOf(type.name);
  }

  function scalarOf(name: string): unknown {
    if (name === 'Int') return oneIn(10) ? pick([0, -1, 101, 2_147_483_647]) : pick([1, 2, 3, 5, 25, 100]);
    if (name === 'Boolean') return pick([true, false]);
    const values = known[name] ?? [];
    if (values.length > 0 && !oneIn(10)) return pick(values);
    return draw(fc.string, { unit: pick(['grapheme', 'binary'] as const), maxLength: 12 });
  }

  function literal(value: unknown, type: GraphQLInputType): string {
    if (isNonNullType(type)) return literal(value, type.ofType);
    if (isListType(type) && Array.isArray(value)) return `[${value.map((it) => literal(it, type.ofType)).join(', ')}]`;
    if (isEnumType(type)) return String(value);
    if (isInputObjectType(type) && typeof value === 'object' && value !== null) {
      const fields = type.getFields();
      const members = Object.entries(value).map(([name, it]) => {
        const field = fields[name];
        return field === undefined ? '' : `${name}: ${literal(it, field.type)}`;
      });
      return `{ ${members.join(', ')} }`;
    }
    return JSON.stringify(value);
  }

  const [keyword, root] = oneIn(8) ? ['mutation', schema.getMutationType()] : ['query', schema.getQueryType()];
  if (!root) throw new Error(`The schema has no ${keyword} type.`);
  const fields = Object.values(root.getFields());
  const count = draw(fc.integer, { min: 1, max: 3 });
  const selected = Array.from({ length: count }, () => fieldText(pick(fields), 1)).join(' ');
  const header = definitions.length === 0 ? '' : `(${definitions.join(', ')})`;
  return { query: [`${keyword} Fuzz${header} { ${selected} }`, ...fragments].join('\n'), variables };
}
