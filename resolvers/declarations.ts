import type { DataClass } from '../src/domain/data-class.ts';
import type { NodeType } from '../src/domain/node-id.ts';
import type { ReadScope } from '../src/domain/scopes.ts';
import type { Reads } from '../src/loaders/plan.ts';

/** Of a type that anybody may see whom the deployment lets in. */
export const open = 'open';

/** What every object type says of itself. A page of a list says what its rows say. */
export type TypeDeclaration = {
  scope: ReadScope | typeof open;
  /** Of all its fields that do not say otherwise. */
  dataClass: DataClass;
  /** Of a page of a list: how many rows there are in the largest company. */
  population?: number | undefined;
};

/** What a field says of itself, as far as it needs more than its type and the type that it shows. */
export type FieldDeclaration<Args> = {
  dataClass?: DataClass | undefined;
  /** The lists that it reads, beside those that its parent came from. */
  reads?: Reads<Args> | undefined;
  /** Scopes that it takes besides. */
  takes?: ((args: Args) => readonly ReadScope[]) | undefined;
  /** Of a field that shows an interface or a union: the types that its arguments name. */
  shows?: ((args: Args) => readonly NodeType[]) | undefined;
  /** It tells something of the moment, which serves nobody later. */
  isVolatile?: boolean | undefined;
  /** Of a page of a list: each row has one parent of the field's type, so that there are no more of them under all. */
  isPartition?: boolean | undefined;
  /** Of a list that is not paged: how long it is at most. */
  length?: number | undefined;
  /** The argument that lists what is asked for, one item of the answer each. */
  batch?: (keyof Args & string) | undefined;
};

/** Where a built schema holds it. */
declare module 'graphql' {
  interface GraphQLObjectTypeExtensions<_TSource, _TContext> extends Partial<TypeDeclaration> {}
  interface GraphQLInterfaceTypeExtensions extends Partial<Pick<TypeDeclaration, 'dataClass'>> {}
  interface GraphQLFieldExtensions<_TSource, _TContext, _TArgs> extends FieldDeclaration<Record<string, unknown>> {}
}
