/** The first group of every UUID tells its kind, so that an id used in the wrong place is seen at once and never matches. */
const prefixes = {
  organisation: '0c600000',
  user: '05e50000',
  jobRole: '401e0000',
  assignment: 'a5510000',
  naverEmployee: 'e3b00000',
  naverCompany: 'c0900000',
};

/** A lower-case version 4 UUID of that kind: the n-th. */
export function uuid(kind: keyof typeof prefixes, n: number): string {
  return `${prefixes[kind]}-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
}

/** Lucca's ids are numeric strings; each counter starts in a range of its own. */
export function countIdsFrom(first: number): () => string {
  let next = first;
  return () => String(next++);
}

/** A person's key in NAVER, which Lucca holds as remoteId: 'emp-00017'. */
export function naverExternalKey(number: number): string {
  return `emp-${String(number).padStart(5, '0')}`;
}

/** What Lucca calls employeeNumber and NAVER empNo: '1000017'. */
export function employeeNumber(number: number): string {
  return String(1_000_000 + number);
}
