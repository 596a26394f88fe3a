import {
  coerceInputValue,
  GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isInputType,
  isLeafType,
  isListType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
} from 'graphql';
import { refusal } from '../refusal.ts';

/**
 * The problems with the values of an operation's variables, one error each. The executor's own messages repeat the values,
 * which may be personal data. These errors name only the place and the expected type.
 */
export function variableProblems(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  given: Readonly<Record<string, unknown>>,
): GraphQLError[] {
  return variableDefinitions.flatMap(({ variable, type: typeNode, defaultValue }) => {
    const name = variable.name.value;
    const type = typeFromAST(schema, typeNode);
    if (!isInputType(type)) return [];
    if (Object.hasOwn(given, name)) return problemWith(name, type, given[name]) ?? [];
    return isNonNullType(type) && defaultValue === undefined ? problem(name, [], expected(type, undefined)) : [];
  });
}

/** Stops at the first problem. Coercion would otherwise report one for each of ten thousand rows. */
function problemWith(name: string, type: GraphQLInputType, given: unknown): GraphQLError | null {
  try {
    coerceInputValue(
      given,
      type,
      (path, value, { message }) => {
        const at = typeAt(type, path);
        const isAboutMembers = value != null && isInputObjectType(getNamedType(at));
        throw problem(name, path, isAboutMembers ? withoutForeignName(message) : expected(at, value));
      },
      true,
    );
    return null;
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

type Path = readonly (string | number)[];

function problem(name: string, path: Path, what: string): GraphQLError {
  const place = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
  return refusal(`Variable "$${name}${place}": ${what}`, { code: 'BAD_USER_INPUT', status: 400, isRequestError: true });
}

function expected(type: GraphQLInputType, value: unknown): string {
  const got =
    value === undefined ? 'nothing' : value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value;
  return `expected ${type}, got ${isLeafType(getNamedType(type)) && got === 'string' ? 'another text' : got}.`;
}

/** Removes a member name that the schema does not define, because a caller may have put any text there. */
const withoutForeignName = (message: string): string =>
  message.replace(/^Field "(?!\w{1,40}" ).*" is not defined by/s, 'A field is not defined by');

function typeAt(type: GraphQLInputType, path: Path): GraphQLInputType {
  let at = type;
  for (const key of path) {
    const nullable: GraphQLInputType = getNullableType(at);
    if (typeof key === 'number') at = isListType(nullable) ? nullable.ofType : nullable;
    else {
      const named = getNamedType(nullable);
      at = (isInputObjectType(named) ? named.getFields()[key]?.type : undefined) ?? nullable;
    }
  }
  return at;
}
