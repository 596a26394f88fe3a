/** Everybody in a company of 200: read with the start of the process, whatever is asked. */
const directory = {
  LUCCA: [
    'GET employees?sort=id&limit=100&include=embedded,links&page=…',
    'GET employees?sort=id&limit=100&include=embedded,totalCount,links',
  ],
  CTRL_HUB: [
    ...[0, 100, 200].map(
      (offset) => `GET job-role-assignments?limit=100&offset=${offset}&include=organisation,role,user`,
    ),
    ...[0, 100].map((offset) => `GET members?limit=100&offset=${offset}`),
  ],
  NAVER: [0, 100].map((offset) => `GET employee?offset=${offset}&limit=100`),
};

/** The short lists that everything refers to: read once, when an operation needs them. */
const reference = {
  jobQualifications: { LUCCA: 'GET job-qualifications?limit=100&include=totalCount,links' },
  professions: { LUCCA: 'GET professions?limit=100&include=totalCount,links' },
  grades: { NAVER: 'GET grade?offset=0&limit=100' },
  positions: { NAVER: 'GET job?offset=0&limit=100' },
};

export type ReferenceList = keyof typeof reference;

/** The directory and these lists, as lines of requests. */
export function costOf(lists: readonly ReferenceList[]) {
  const beside: { LUCCA?: string; NAVER?: string }[] = lists.map((list) => reference[list]);
  return {
    LUCCA: [...directory.LUCCA, ...beside.flatMap((it) => it.LUCCA ?? [])].sort(),
    CTRL_HUB: directory.CTRL_HUB,
    NAVER: [...directory.NAVER, ...beside.flatMap((it) => it.NAVER ?? [])].sort(),
  };
}

/** All that is ever asked of the upstreams, so long as nothing is written. */
export const everything = costOf(['jobQualifications', 'professions', 'grades', 'positions']);
