import type { Upstream } from 'hr-graph/client';

/** In the order in which they lead. */
export const upstreamNames: Record<Upstream, string> = {
  LUCCA: 'Lucca',
  NAVER: 'NAVER WORKPLACE',
  CTRL_HUB: 'Ctrl Hub',
};

export const upstreams: readonly Upstream[] = ['LUCCA', 'NAVER', 'CTRL_HUB'];
