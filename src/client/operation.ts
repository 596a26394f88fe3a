import { type DocumentNode, Kind, parse, print } from 'graphql';

/** An operation as it is sent. `__apiType` carries the types of its variables and response; it has no value at run time. */
export type Operation<Result, Variables> = {
  /** Null if it has no name. */
  name: string | null;
  type: 'query' | 'mutation';
  /** The id by which servers may know the text; null if no build has assigned one. */
  id: string | null;
  text: string;
  __apiType?: (variables: Variables) => Result;
};

/** A document, typed as by GraphQL Code Generator (TypedDocumentNode, TypedDocumentString), gql.tada and urql. */
export type TypedDocument<Result, Variables> = (DocumentNode | { toString(): string }) & {
  __apiType?: (variables: Variables) => Result;
};

/** An operation without the compile-time types. */
type Sent = Pick<Operation<unknown, unknown>, 'name' | 'type' | 'id' | 'text'>;

const cache = new WeakMap<object, Sent>();

/** The only operation of a document. Throws a TypeError if there is none, or several, or a subscription. */
export function operationOf<Result, Variables>(
  document: TypedDocument<Result, Variables>,
): Operation<Result, Variables> {
  if (typeof document !== 'object') return readOperation(document);
  const operation = cache.get(document) ?? readOperation(document);
  cache.set(document, operation);
  return operation;
}

function readOperation(document: DocumentNode | { toString(): string }): Sent {
  const node = isNode(document) ? document : parse(String(document));
  const operations = node.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const [operation] = operations;
  if (operation === undefined || operations.length > 1 || operation.operation === 'subscription') {
    throw new TypeError('hr-graph: expected a document with one query or one mutation.');
  }
  const text = isNode(document) ? print(document) : String(document);
  return { name: operation.name?.value ?? null, type: operation.operation, id: idOf(document), text };
}

const isNode = (document: unknown): document is DocumentNode =>
  typeof document === 'object' && document !== null && 'kind' in document && document.kind === Kind.DOCUMENT;

/** The id of a persisted document, where GraphQL Code Generator's client preset stores it. */
function idOf(document: unknown): string | null {
  const meta = memberOf(document, '__meta__');
  const hash = memberOf(meta, 'hash');
  return typeof hash === 'string' ? hash : null;
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
