/** The systems that the graph reads, in the order in which they lead when more than one knows a person. */
export const upstreams = ['LUCCA', 'NAVER', 'CTRL_HUB'] as const;

export type Upstream = (typeof upstreams)[number];

type About = { name: string; shortName: string; owns: string };

/** What people call it, and what it owns, for descriptions. */
const about: Record<Upstream, About> = {
  LUCCA: { name: 'Lucca', shortName: 'Lucca', owns: 'employees, job-positions, job-qualifications, professions' },
  NAVER: { name: 'NAVER WORKPLACE', shortName: 'NAVER', owns: 'grades (직급), job positions (직책) and who has them' },
  CTRL_HUB: { name: 'Ctrl Hub', shortName: 'Ctrl Hub', owns: 'job roles and who holds them' },
};

export const upstreamName = (upstream: Upstream): string => about[upstream].name;

export const upstreamOwns = (upstream: Upstream): string => about[upstream].owns;

/** For messages that an answer may hold hundreds of. */
export const shortUpstreamName = (upstream: Upstream): string => about[upstream].shortName;

/** With what it owns, for the schema. */
export const describeUpstream = (upstream: Upstream): string => `${about[upstream].name}: ${about[upstream].owns}.`;
