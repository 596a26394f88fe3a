/** The systems that the graph reads, in the order in which they lead when more than one knows a person. */
export const upstreams = ['LUCCA', 'NAVER', 'CTRL_HUB'] as const;

export type Upstream = (typeof upstreams)[number];

export const upstreamNames: Record<Upstream, string> = {
  LUCCA: 'Lucca',
  NAVER: 'NAVER WORKPLACE',
  CTRL_HUB: 'Ctrl Hub',
};
