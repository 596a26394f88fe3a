import type { DataClass } from '../src/domain/data-class.ts';
import type { NodeType } from '../src/domain/node-id.ts';
import type { ReadScope } from '../src/domain/scopes.ts';
import type { Reads } from '../src/loaders/plan.ts';

/** The scope of a type that every accepted caller may see. */
export const open = 'open';

/** The declaration of an object type. A page type has the declaration of its rows' type. */
export type TypeDeclaration = {
  scope: ReadScope | typeof open;
  /** Default for the type's fields. */
  dataClass: DataClass;
  /** For a page of a list: the number of rows in the largest supported company. */
  population?: number | undefined;
};

/** The declaration of a field, in addition to those of its parent type and its own type. */
export type FieldDeclaration<Args> = {
  dataClass?: DataClass | undefined;
  /** The lists that the field reads, besides those of its parent. */
  reads?: Reads<Args> | undefined;
  /** Scopes that the field requires in addition. */
  requires?: ((args: Args) => readonly ReadScope[]) | undefined;
  /** For a field of an interface or union type: the object types that its arguments name. */
  shows?: ((args: Args) => readonly NodeType[]) | undefined;
  /** True for data of the moment, which must not be cached. */
  isVolatile?: boolean | undefined;
  /** For a page of a list: each row has one parent, so all parents together have at most `population` rows. */
  isPartition?: boolean | undefined;
  /** For a list without paging: its greatest length. */
  length?: number | undefined;
  /** The argument that lists the requested items; each gives one item of the result. */
  batch?: (keyof Args & string) | undefined;
};

/** Where a built schema stores the declarations. */
declare module 'graphql' {
  interface GraphQLObjectTypeExtensions<_TSource, _TContext> extends Partial<TypeDeclaration> {}
  interface GraphQLInterfaceTypeExtensions extends Partial<Pick<TypeDeclaration, 'dataClass'>> {}
  interface GraphQLFieldExtensions<_TSource, _TContext, _TArgs> extends FieldDeclaration<Record<string, unknown>> {}
}
