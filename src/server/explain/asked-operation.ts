import { readFileSync } from 'node:fs';
import { getOperationAST, type OperationDefinitionNode, parse } from 'graphql';
import { z } from 'zod';

/** As it is sent to a server. */
export type AskedOperation = { query: string; variables: Record<string, unknown>; operationName?: string };

const variablesShape = z.record(z.string(), z.unknown());

/** From a file with operations and one with variables. Throws for what is no operation that could be sent. */
export function readOperation(file: string, { variables, operation }: { variables?: string; operation?: string }) {
  const query = readFileSync(file, 'utf8');
  return {
    query,
    variables: variables === undefined ? {} : readVariables(variables),
    ...(operation !== undefined && { operationName: operation }),
    type: operationIn(query, operation).operation,
  };
}

export function operationIn(query: string, name?: string): OperationDefinitionNode {
  const operation = getOperationAST(parse(query), name);
  if (operation != null) return operation;
  throw new Error(
    name === undefined
      ? 'expected one operation in the file, or the name of one as --operation'
      : `no operation ${name}`,
  );
}

function readVariables(file: string): Record<string, unknown> {
  const text = readFileSync(file, 'utf8');
  const parsed = variablesShape.safeParse(parsedJson(text));
  if (!parsed.success) throw new Error(`${file}: expected variables as one JSON object`);
  return parsed.data;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
