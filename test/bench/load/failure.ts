const codes = /"code":"([A-Z_]+)"/g;

/**
 * Whether an answer, or a part of one, has GraphQL errors of another kind than CONFLICT: that the systems contradict one
 * another about a person is true of the company, and its answer as good as any.
 */
export function saysFailed(text: string): boolean {
  if (!text.includes('"errors":[')) return false;
  const found = [...text.matchAll(codes)].map(([, code]) => code);
  return found.length === 0 || found.some((it) => it !== 'CONFLICT');
}
