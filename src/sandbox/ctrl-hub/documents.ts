import type { Reply } from '../emulator.ts';
import type { CtrlHubKnobs } from './knobs.ts';
import type { Pagination } from './paging.ts';
import { jsonApiMediaType } from './problems.ts';
import type { ResourceObject } from './resources.ts';
import { ctrlHubVariations } from './variations.ts';

export type ListDocument = {
  data: ResourceObject[];
  /** Undefined for lists without pagination. */
  pagination: Pagination | undefined;
  features: { include: readonly string[]; filter: readonly string[] };
  /** Undefined if no include was requested; an empty list if nothing was found. */
  included: ResourceObject[] | undefined;
};

/** A document about one resource: data and jsonapi. */
export const resourceReply = (
  data: ResourceObject,
  knobs: CtrlHubKnobs,
  status = 200,
  headers: Record<string, string> = {},
): Reply => ({
  status,
  headers: { 'content-type': jsonApiMediaType, ...headers },
  body: { data, jsonapi: { version: knobs.jsonapiVersion } },
});

/** A list: data, meta.pagination, meta.features, jsonapi, included (Ctrl Hub docs: Retrieve job role assignments). */
export const listReply = ({ data, pagination, features, included }: ListDocument, knobs: CtrlHubKnobs): Reply => {
  const body = {
    data,
    meta: { ...(pagination && { pagination }), features: featuresMember(features, knobs) },
    jsonapi: { version: knobs.jsonapiVersion },
    ...(included && { included }),
  };
  return {
    status: 200,
    headers: { 'content-type': jsonApiMediaType },
    body: knobs.variation === null ? body : ctrlHubVariations[knobs.variation](body),
  };
};

/** No sort is supported, so its options are null. */
const featuresMember = ({ include, filter }: ListDocument['features'], { features }: CtrlHubKnobs) =>
  features === 'flat'
    ? { include: { options: include } }
    : {
        params: {
          include: { options: include },
          sort: { options: null, default: '' },
          filter: { options: filter.length === 0 ? null : filter },
        },
      };
