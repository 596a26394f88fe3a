import type { Config } from '../config/config.ts';
import type { Upstream } from '../domain/upstream.ts';
import type { Network } from '../http/network.ts';
import { openCtrlHub } from './ctrl-hub/account.ts';
import { ctrlHubChecks } from './ctrl-hub/checks.ts';
import { examine } from './examine.ts';
import type { Result } from './finding.ts';
import { openLucca } from './lucca/account.ts';
import { luccaChecks } from './lucca/checks.ts';
import { openNaver } from './naver/account.ts';
import { naverChecks } from './naver/checks.ts';
import type { Sample } from './sample.ts';

/** An examination of one system. `samples` are the pages that it reads. */
export type Examination = {
  run(): Promise<Result[]>;
  samples(): readonly (() => Promise<Sample>)[];
  /** The number of requests that count against the vendor's rate limit. */
  sent(): number;
  close(): Promise<void>;
};

type Open<U extends Upstream> = (
  settings: NonNullable<Config['upstreams'][U]>,
  network: Network,
  config: Config,
) => Examination;

/** The doctor reports a vendor without an entry as unchecked. */
export const vendors: { readonly [U in Upstream]?: Open<U> } = {
  LUCCA: (settings, network) => {
    const account = openLucca(settings, network);
    const { people, qualifications, professions, sent, close } = account;
    const run = () => examine(luccaChecks, account);
    return { run, samples: () => [people, qualifications, professions], sent, close };
  },
  NAVER: (settings, network) => {
    const account = openNaver(settings, network);
    const { grades, positions, people, sent, close } = account;
    return { run: () => examine(naverChecks, account), samples: () => [grades, positions, people], sent, close };
  },
  CTRL_HUB: (settings, network, { isReadOnly }) => {
    const account = openCtrlHub({ ...settings, writes: !isReadOnly }, network);
    const { assignments, members, sent, close } = account;
    return { run: () => examine(ctrlHubChecks, account), samples: () => [assignments, members], sent, close };
  },
};
