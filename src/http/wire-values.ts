import { z } from 'zod';

// Schemas for values as vendors actually send them, in addition to the documented forms.

/** A text or a whole number, read as text: identifiers come as either. */
export const textOrNumber = z.union([z.string(), z.int().transform(String)]);

/** A non-empty key, as text whatever its JSON type. */
export const key = textOrNumber.pipe(z.string().min(1));

/** A whole number, also as text ("2", "2.0"). */
export const wholeNumber = z
  .union([
    z.int(),
    z
      .string()
      .trim()
      .regex(/^[+-]?\d{1,15}(\.0+)?$/)
      .transform(Number),
  ])
  .transform((number) => (number === 0 ? 0 : number));

/** A number of rows. Anything else counts as not stated. */
export const count = wholeNumber.pipe(z.int().nonnegative()).nullish().catch(undefined);

/** An object. `[]` counts as an empty object, because servers written in PHP send it for one without members. */
export const object = <Shape extends z.core.$ZodLooseShape>(shape: Shape) => z.preprocess(withMembers, z.object(shape));

/** Language tag to text. Values other than texts are ignored. */
export const translations = z.preprocess(
  withMembers,
  z.record(z.string(), z.unknown()).transform((members): Record<string, string> => {
    const texts = Object.entries(members).flatMap(([tag, text]) => (typeof text === 'string' ? [[tag, text]] : []));
    return Object.fromEntries(texts);
  }),
);

function withMembers(value: unknown): unknown {
  return Array.isArray(value) && value.length === 0 ? {} : value;
}
