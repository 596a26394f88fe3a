import { hash } from 'node:crypto';
import { type Upstream, upstreams } from '../domain/upstream.ts';
import type { UpstreamsConfig } from '../upstreams/upstreams.ts';

type Account = { baseUrl: string; companyId?: string; organisationId?: string };

/** A digest that identifies the accounts of one deployment. It reveals neither the accounts nor their names. */
export const accountsOf = (config: UpstreamsConfig): string =>
  digestOf(upstreams.map((upstream) => namesOf(config[upstream])));

/** As `accountsOf`, for one upstream. */
export const accountOf = (config: UpstreamsConfig, upstream: Upstream): string =>
  digestOf([upstream, namesOf(config[upstream])]);

export const digestOf = (value: unknown): string => hash('sha256', JSON.stringify(value), 'base64url');

const namesOf = (account: Account | null) => account && [account.baseUrl, account.companyId, account.organisationId];
