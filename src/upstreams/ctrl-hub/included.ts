import type { ZodType } from 'zod';
import { invalidResponse, type JsonContext } from '../../http/json.ts';
import { type ResourceIdentifier, resourceIdentifier } from './wire.ts';

/**
 * The `included` member of a compound document: one flat list of resources of all types, found by type and id
 * (JSON:API, compound documents). A linkage may name what is not there: for want of permission, for one.
 */
export class Included {
  readonly #entries = new Map<string, unknown>();
  readonly #context: JsonContext;

  constructor(entries: readonly unknown[] | null | undefined, context: JsonContext) {
    this.#context = context;
    for (const entry of entries ?? []) {
      const { data: identifier } = resourceIdentifier.safeParse(entry);
      if (identifier !== undefined) this.#entries.set(keyOf(identifier), entry);
    }
  }

  /** Null for a resource that is not included. Throws UPSTREAM_INVALID_RESPONSE for one of another shape. */
  find<T>(identifier: ResourceIdentifier, schema: ZodType<T>): T | null {
    const entry = this.#entries.get(keyOf(identifier));
    if (entry === undefined) return null;
    const { data, error } = schema.safeParse(entry);
    if (data !== undefined) return data;
    const places = error?.issues.slice(0, 3).map((issue) => `${issue.path.join('.')}: ${issue.code}`) ?? [];
    throw invalidResponse(
      this.#context,
      `${this.#context.subject} includes a resource of an unexpected shape (${places.join('; ')}).`,
    );
  }
}

const keyOf = ({ type, id }: ResourceIdentifier): string => `${type}/${id}`;
