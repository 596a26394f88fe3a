import {
  GraphQLError,
  Kind,
  NoFragmentCyclesRule,
  NoSchemaIntrospectionCustomRule,
  type ValidationContext,
  type ValidationRule,
  ValuesOfCorrectTypeRule,
  validate,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';

/**
 * Validation whose messages repeat no value of the document. With a closed schema, nobody reads the schema off this server
 * either: neither by introspection nor out of "did you mean".
 */
export function useDiscreetValidation({ isSchemaOpen }: { isSchemaOpen: boolean }): Plugin {
  return {
    onValidate: ({ addValidationRule, setValidationFn }) => {
      if (!isSchemaOpen) addValidationRule(NoSchemaIntrospectionCustomRule);
      setValidationFn((schema, document, rules) => {
        // Another rule follows every way through the fragments, and in circles of a hundred the stack ends before the ways.
        const circles = validate(schema, document, [NoFragmentCyclesRule]);
        if (circles.length > 0) return circles;
        return validate(schema, document, rules?.map(discreet).concat(KnownOperationsRule), {
          hideSuggestions: !isSchemaOpen,
        });
      });
    },
  };
}

/** GraphQL.js leaves it to the executor to find that there is no such root. */
const KnownOperationsRule: ValidationRule = (context) => ({
  OperationDefinition: (node) => {
    if (context.getSchema().getRootType(node.operation)) return;
    context.reportError(new GraphQLError(`This graph has no ${node.operation}s.`, { nodes: node }));
  },
});

const discreet = (rule: ValidationRule): ValidationRule =>
  rule === ValuesOfCorrectTypeRule ? ValuesOfCorrectTypeWithoutThem : rule;

function ValuesOfCorrectTypeWithoutThem(context: ValidationContext): ReturnType<ValidationRule> {
  const reportError = (error: GraphQLError) => {
    const type = context.getInputType();
    context.reportError(type && mayQuote(error) ? withMessage(error, `Expected a value of type "${type}".`) : error);
  };
  return ValuesOfCorrectTypeRule(Object.create(context, { reportError: { value: reportError } }));
}

const data: Kind[] = [Kind.STRING, Kind.INT, Kind.FLOAT, Kind.LIST, Kind.OBJECT];

/** Names of enum values are no data, and messages about the members of an object name fields and types only. */
const mayQuote = ({ message, nodes }: GraphQLError): boolean =>
  (nodes ?? []).some((it) => data.includes(it.kind)) && !/^(?:Field|Exactly|OneOf|Variable) /.test(message);

const withMessage = (error: GraphQLError, message: string): GraphQLError =>
  new GraphQLError(message, { nodes: error.nodes ?? null });
