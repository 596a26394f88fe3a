import type { NaverData } from '../company/data.ts';
import type { EmulatorRequest, Reply } from '../emulator.ts';
import { findEmployee, shownEmployee } from './employees.ts';
import { readItemBody } from './item-body.ts';
import {
  createItem,
  deleteItem,
  findItem,
  type ItemKind,
  itemKinds,
  itemsInOrder,
  replaceItem,
  shownItem,
} from './items.ts';
import type { NaverKnobs } from './knobs.ts';
import { type NaverList, pageOf, readPage, refuseUnknownParameters } from './paging.ts';
import { emptyReply, jsonReply } from './reply.ts';
import type { Route } from './routes.ts';
import { ServiceRefusal } from './service-error.ts';
import { variedItem, variedList } from './variations.ts';

/** NAVER, Job grade v2: request path parameters. */
const EXTERNAL_KEY_LENGTH = 36;

/**
 * Handles a request that has passed the gateway: reads and changes `data`. Throws ServiceRefusal.
 */
export function serve(request: EmulatorRequest, route: Route, data: NaverData, knobs: NaverKnobs): Reply {
  const { resource, externalKey } = route;
  refuseUnknownParameters(request.query, externalKey === null ? ['offset', 'limit'] : [], knobs);
  if (externalKey === null) return list(request, resource, data, knobs);
  if ([...externalKey].length > EXTERNAL_KEY_LENGTH) {
    throw new ServiceRefusal('invalidExternalKey', `externalKey is longer than ${EXTERNAL_KEY_LENGTH} characters`);
  }
  if (resource === 'employee') {
    return jsonReply(200, variedItem(shownEmployee(findEmployee(data, externalKey), data, knobs), knobs.variation));
  }
  return serveItem(request, itemKinds[resource], externalKey, data, knobs);
}

function list(request: EmulatorRequest, resource: Route['resource'], data: NaverData, knobs: NaverKnobs): Reply {
  const page = readPage(request.query, knobs);
  if (resource === 'employee') {
    return listReply(
      pageOf(data.employees, page, knobs, (row) => shownEmployee(row, data, knobs)),
      knobs,
    );
  }
  const rows = itemsInOrder(itemKinds[resource], data);
  return listReply(
    pageOf(rows, page, knobs, (row) => shownItem(row, data, knobs)),
    knobs,
  );
}

const listReply = (page: NaverList, { variation }: NaverKnobs): Reply => jsonReply(200, variedList(page, variation));

/** POST and PUT reply with the fields of the request as they were sent, without key and tenant. */
function serveItem(
  request: EmulatorRequest,
  kind: ItemKind,
  externalKey: string,
  data: NaverData,
  knobs: NaverKnobs,
): Reply {
  if (request.method === 'GET') {
    return jsonReply(200, variedItem(shownItem(findItem(kind, data, externalKey), data, knobs), knobs.variation));
  }
  if (request.method === 'DELETE') {
    deleteItem(kind, data, externalKey, knobs);
    return deletedReply(knobs);
  }
  const body = readItemBody(request, knobs, { companyId: data.companyId, externalKey });
  if (request.method === 'POST') {
    createItem(kind, data, externalKey, body);
    return jsonReply(201, body);
  }
  replaceItem(kind, data, externalKey, body);
  return jsonReply(200, body);
}

function deletedReply({ deleteReply }: NaverKnobs): Reply {
  if (deleteReply === 'json') return jsonReply(200, {});
  return emptyReply(deleteReply === '204' ? 204 : 200);
}
