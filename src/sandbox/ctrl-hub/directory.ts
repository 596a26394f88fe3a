import type { EmulatorRequest, Reply } from '../emulator.ts';
import { listReply, resourceReply } from './documents.ts';
import { takePage } from './paging.ts';
import { Problem } from './problems.ts';
import { checkParameters } from './query-parameters.ts';
import { organisationResource, userResource } from './resources.ts';
import type { CtrlHubState } from './state.ts';

/** GET /v3/orgs (Ctrl Hub docs: organisations). */
export function listOrganisations({ data, knobs }: CtrlHubState, { query }: EmulatorRequest): Reply {
  checkParameters(query, (name) => ['limit', 'offset'].includes(name));
  const { rows, pagination } = takePage(data.organisations, query, knobs);
  return listReply(
    {
      data: rows.map((organisation) => organisationResource(organisation, data.users)),
      pagination: knobs.membersPagination ? pagination : undefined,
      features: { include: [], filter: [] },
      included: undefined,
    },
    knobs,
  );
}

/** GET /v3/orgs/{org_id}: by uuid; slugs are not accepted any more. */
export function readOrganisation({ data, knobs }: CtrlHubState, { query }: EmulatorRequest, id: string): Reply {
  checkParameters(query, () => false);
  return resourceReply(organisationResource(organisationOf(data, id), data.users), knobs);
}

/** GET /v3/whoami and /v3/iam/whoami: the session's user. Assumed: 404 for a service account, which is not a user. */
export function whoami({ data, knobs, credentials }: CtrlHubState, { query, headers }: EmulatorRequest): Reply {
  checkParameters(query, () => false);
  const userId = credentials.holderOf(headers)?.userId;
  const user = data.users.find((candidate) => candidate.id === userId);
  if (user === undefined) throw new Problem(404, { title: 'Not found', detail: 'No user is behind the credentials.' });
  return resourceReply(userResource(user), knobs);
}

function organisationOf(data: CtrlHubState['data'], id: string): CtrlHubState['data']['organisations'][number] {
  const organisation = data.organisations.find((candidate) => candidate.id === id);
  if (organisation === undefined)
    throw new Problem(404, { title: 'Not found', detail: 'There is no such organisation.' });
  return organisation;
}
