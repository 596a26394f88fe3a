import {
  buildClientSchema,
  buildSchema,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getIntrospectionQuery,
  type IntrospectionQuery,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
  isSpecifiedScalarType,
  isUnionType,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { promisedReads } from '../helpers/promised-reads.ts';
import { promisedWrites } from '../helpers/promised-writes.ts';

/** Its form is checked by whoever builds a schema of it. */
const introspection = z.custom<IntrospectionQuery>((it) => typeof it === 'object' && it !== null);

let graph: TestGraph;
let schema: GraphQLSchema;
beforeAll(async () => {
  graph = await startGraph();
  const { data } = await graph.query(getIntrospectionQuery({ inputValueDeprecation: true, oneOf: true }));
  schema = buildClientSchema(introspection.parse(data));
});
afterAll(() => graph.stop());

const promised = buildSchema(promisedReads + promisedWrites);

const own = (it: GraphQLSchema): GraphQLNamedType[] => Object.values(it.getTypeMap()).filter(isOwn);
const isOwn = (type: GraphQLNamedType): boolean => !type.name.startsWith('__') && !isSpecifiedScalarType(type);

const argumentLine = ({ name, type, defaultValue }: GraphQLArgument): string =>
  `${name}: ${type}${defaultValue === undefined ? '' : ` = ${JSON.stringify(defaultValue)}`}`;

/** `grades(activeOnly: Boolean = false, after: String, first: Int = 25): GradeConnection` */
function fieldLine({ name, args, type }: GraphQLField<unknown, unknown>, known: readonly string[]): string {
  const lines = args.filter((it) => known.includes(it.name) || isRequiredArgument(it)).map(argumentLine);
  return `${name}(${lines.sort().join(', ')}): ${type}`;
}

/** All that a type promises, one line for each; of another schema's type only what `like` has too. */
function linesOf(type: GraphQLNamedType | undefined, like: GraphQLNamedType): string[] {
  if ((isObjectType(type) || isInterfaceType(type)) && (isObjectType(like) || isInterfaceType(like))) {
    const fields = Object.values(like.getFields()).map(({ name, args }) => {
      const field = type.getFields()[name];
      const known = args.map((it) => it.name);
      return field === undefined ? `${name} is missing` : fieldLine(field, known);
    });
    const kinds = like
      .getInterfaces()
      .map((it) => `implements ${type.getInterfaces().find(({ name }) => name === it.name)}`);
    return [isObjectType(type) ? 'type' : 'interface', ...kinds, ...fields];
  }
  if (isInputObjectType(type) && isInputObjectType(like)) {
    const members = Object.values(like.getFields()).map(({ name }) => {
      const member = type.getFields()[name];
      return member === undefined ? `${name} is missing` : argumentLine(member);
    });
    return [`input${type.isOneOf ? ' @oneOf' : ''}`, ...members];
  }
  if (isUnionType(type)) {
    return [
      'union',
      ...type
        .getTypes()
        .map((it) => it.name)
        .sort(),
    ];
  }
  if (isEnumType(type))
    return [
      'enum',
      ...type
        .getValues()
        .map((it) => it.name)
        .sort(),
    ];
  return [type === undefined ? 'missing' : type.constructor.name];
}

describe('the schema that clients are told', () => {
  it.each(own(promised).map((it) => [it.name, it] as const))('keeps what was promised of %s', (name, type) => {
    expect(linesOf(schema.getType(name), type)).toEqual(linesOf(type, type));
  });

  it('asks nothing new of callers', () => {
    for (const type of own(promised)) {
      const now = schema.getType(type.name);
      if (!isInputObjectType(now) || !isInputObjectType(type)) continue;
      const added = Object.values(now.getFields()).filter((it) => type.getFields()[it.name] === undefined);
      expect(added.filter((it) => isRequiredArgument(it))).toEqual([]);
    }
  });

  it('describes every type, every query and mutation, and every argument whose meaning is not its name', () => {
    const selfExplaining = ['id', 'ids', 'externalKey', 'input', 'locale', 'filter', 'orderBy', 'by'];
    const mute = own(schema).flatMap((type) => {
      const gaps = type.description ? [] : [type.name];
      if (!['Query', 'Mutation'].includes(type.name) || !isObjectType(type)) return gaps;
      const fields = Object.values(type.getFields());
      const silent = fields.filter((it) => !it.description).map((it) => `${type.name}.${it.name}`);
      const args = fields.flatMap((field) =>
        field.args
          .filter((it) => !it.description && !selfExplaining.includes(it.name))
          .map((it) => `${type.name}.${field.name}(${it.name})`),
      );
      return [...gaps, ...silent, ...args];
    });
    expect(mute).toEqual([]);
  });
});
