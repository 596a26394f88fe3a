/** The systems that the graph reads, in the order in which they lead when more than one knows a person. */
export const upstreams = ['LUCCA', 'NAVER', 'CTRL_HUB'] as const;

export type Upstream = (typeof upstreams)[number];

/** What people call it, and what it owns, for descriptions. */
const about: Record<Upstream, { name: string; owns: string }> = {
  LUCCA: { name: 'Lucca', owns: 'employees, job-positions, job-qualifications, professions' },
  NAVER: { name: 'NAVER WORKPLACE', owns: 'grades (직급), job positions (직책) and who has them' },
  CTRL_HUB: { name: 'Ctrl Hub', owns: 'job roles and who holds them' },
};

export const upstreamName = (upstream: Upstream): string => about[upstream].name;

/** With what it owns, for the schema. */
export const describeUpstream = (upstream: Upstream): string => `${about[upstream].name}: ${about[upstream].owns}.`;
