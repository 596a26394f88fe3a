/** The first group of every UUID identifies its kind, so that an id in the wrong place is easy to see and never matches. */
const prefixes = {
  organisation: '0c600000',
  user: '05e50000',
  jobRole: '401e0000',
  assignment: 'a5510000',
  naverEmployee: 'e3b00000',
  naverCompany: 'c0900000',
};

/** The n-th lower-case version 4 UUID of that kind. */
export function uuid(kind: keyof typeof prefixes, n: number): string {
  return `${prefixes[kind]}-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
}

/** Lucca's ids are numeric strings. Each counter starts in its own range. */
export function countIdsFrom(first: number): () => string {
  let next = first;
  return () => String(next++);
}

/** A person's key in NAVER, which is the remoteId in Lucca: 'emp-00017'. */
export function naverExternalKey(number: number): string {
  return `emp-${String(number).padStart(5, '0')}`;
}

/** The number that is employeeNumber in Lucca and empNo in NAVER: '1000017'. */
export function employeeNumber(number: number): string {
  return String(1_000_000 + number);
}
