import { z } from 'zod';

// Values as vendors write them, besides the way in which they document them.

/** A text, or a whole number in its place: identifiers come as either. */
export const textOrNumber = z.union([z.string(), z.int().transform(String)]);

/** A key of at least one letter, as text whatever its JSON type. */
export const key = textOrNumber.pipe(z.string().min(1));

/** A whole number, also in digits ("2", "2.0"). */
export const wholeNumber = z
  .union([
    z.int(),
    z
      .string()
      .trim()
      .regex(/^[+-]?\d{1,15}(\.0+)?$/)
      .transform(Number),
  ])
  .transform((it) => (it === 0 ? 0 : it));

/** A number of rows: what is none counts as not told. */
export const count = wholeNumber.pipe(z.int().nonnegative()).nullish().catch(undefined);

/** An object, where servers written in PHP send `[]` for one without members. */
export const object = <Shape extends z.core.$ZodLooseShape>(shape: Shape) => z.preprocess(withMembers, z.object(shape));

/** Language tag to text. What is no text is no translation. */
export const translations = z.preprocess(
  withMembers,
  z.record(z.string(), z.unknown()).transform((it): Record<string, string> => {
    const texts = Object.entries(it).flatMap(([tag, text]) => (typeof text === 'string' ? [[tag, text]] : []));
    return Object.fromEntries(texts);
  }),
);

function withMembers(value: unknown): unknown {
  return Array.isArray(value) && value.length === 0 ? {} : value;
}
