/** The upstreams, in lead order: the first one that has a record of a person leads. */
export const upstreams = ['LUCCA', 'NAVER', 'CTRL_HUB'] as const;

export type Upstream = (typeof upstreams)[number];

type About = { name: string; shortName: string; owns: string };

/** Display name, and owned types, for descriptions. */
const about: Record<Upstream, About> = {
  LUCCA: { name: 'Lucca', shortName: 'Lucca', owns: 'employees, job-positions, job-qualifications, professions' },
  NAVER: { name: 'NAVER WORKPLACE', shortName: 'NAVER', owns: 'grades (직급), job positions (직책) and who has them' },
  CTRL_HUB: { name: 'Ctrl Hub', shortName: 'Ctrl Hub', owns: 'job roles and who holds them' },
};

export const upstreamName = (upstream: Upstream): string => about[upstream].name;

export const upstreamOwns = (upstream: Upstream): string => about[upstream].owns;

/** For messages of which one response may hold hundreds. */
export const shortUpstreamName = (upstream: Upstream): string => about[upstream].shortName;

/** The name and the owned types, for the schema. */
export const describeUpstream = (upstream: Upstream): string => `${about[upstream].name}: ${about[upstream].owns}.`;
