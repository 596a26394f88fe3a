import { type DocumentNode, Kind, parse, print } from 'graphql';

/** What is sent of an operation. The types of its answer and of its variables stand in a member that nothing ever has. */
export type Operation<Result, Variables> = {
  /** Null where it has none. */
  name: string | null;
  type: 'query' | 'mutation';
  /** Under which servers may know its text; null where no build has given it one. */
  id: string | null;
  text: string;
  __apiType?: (variables: Variables) => Result;
};

/** A document as GraphQL Code Generator (TypedDocumentNode, TypedDocumentString), gql.tada and urql declare it. */
export type TypedDocument<Result, Variables> = (DocumentNode | { toString(): string }) & {
  __apiType?: (variables: Variables) => Result;
};

/** Without the types that only the compiler knows. */
type Sent = Pick<Operation<unknown, unknown>, 'name' | 'type' | 'id' | 'text'>;

const known = new WeakMap<object, Sent>();

/** The one operation of a document. Throws a TypeError for none or several, and for a subscription. */
export function operationOf<Result, Variables>(
  document: TypedDocument<Result, Variables>,
): Operation<Result, Variables> {
  if (typeof document !== 'object') return readOperation(document);
  const operation = known.get(document) ?? readOperation(document);
  known.set(document, operation);
  return operation;
}

function readOperation(document: DocumentNode | { toString(): string }): Sent {
  const node = isNode(document) ? document : parse(String(document));
  const operations = node.definitions.filter((it) => it.kind === Kind.OPERATION_DEFINITION);
  const [operation] = operations;
  if (operation === undefined || operations.length > 1 || operation.operation === 'subscription') {
    throw new TypeError('hr-graph: expected a document with one query or one mutation.');
  }
  const text = isNode(document) ? print(document) : String(document);
  return { name: operation.name?.value ?? null, type: operation.operation, id: idOf(document), text };
}

const isNode = (document: unknown): document is DocumentNode =>
  typeof document === 'object' && document !== null && 'kind' in document && document.kind === Kind.DOCUMENT;

/** Where GraphQL Code Generator's client preset puts the id of a persisted document. */
function idOf(document: unknown): string | null {
  const meta = memberOf(document, '__meta__');
  const hash = memberOf(meta, 'hash');
  return typeof hash === 'string' ? hash : null;
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
