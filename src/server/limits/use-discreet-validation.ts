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
 * Validation whose messages contain no value of the document. With a closed schema, callers also cannot learn the schema,
 * neither by introspection nor from "did you mean" suggestions.
 */
export function useDiscreetValidation({ isSchemaOpen }: { isSchemaOpen: boolean }): Plugin {
  return {
    onValidate: ({ addValidationRule, setValidationFn }) => {
      if (!isSchemaOpen) addValidationRule(NoSchemaIntrospectionCustomRule);
      setValidationFn((schema, document, rules) => {
        // Run first, because another rule follows every path through the fragments: long cycles overflow the stack there.
        const cycles = validate(schema, document, [NoFragmentCyclesRule]);
        if (cycles.length > 0) return cycles;
        return validate(schema, document, rules?.map(discreet).concat(KnownOperationsRule), {
          hideSuggestions: !isSchemaOpen,
        });
      });
    },
  };
}

/** graphql-js reports a missing root type only during execution. */
const KnownOperationsRule: ValidationRule = (context) => ({
  OperationDefinition: (node) => {
    if (context.getSchema().getRootType(node.operation)) return;
    context.reportError(new GraphQLError(`This graph has no ${node.operation}s.`, { nodes: node }));
  },
});

const discreet = (rule: ValidationRule): ValidationRule =>
  rule === ValuesOfCorrectTypeRule ? DiscreetValuesOfCorrectTypeRule : rule;

function DiscreetValuesOfCorrectTypeRule(context: ValidationContext): ReturnType<ValidationRule> {
  const reportError = (error: GraphQLError) => {
    const type = context.getInputType();
    context.reportError(type && mayQuote(error) ? withMessage(error, `Expected a value of type "${type}".`) : error);
  };
  return ValuesOfCorrectTypeRule(Object.create(context, { reportError: { value: reportError } }));
}

const data: Kind[] = [Kind.STRING, Kind.INT, Kind.FLOAT, Kind.LIST, Kind.OBJECT];

/** Whether a message may quote a value. Enum names are no data. Messages about object members name only fields and types. */
const mayQuote = ({ message, nodes }: GraphQLError): boolean =>
  (nodes ?? []).some(({ kind }) => data.includes(kind)) && !/^(?:Field|Exactly|OneOf|Variable) /.test(message);

const withMessage = (error: GraphQLError, message: string): GraphQLError =>
  new GraphQLError(message, { nodes: error.nodes ?? null });
