import type { CtrlHubUser } from '../../domain/people.ts';
import { createSharing, type Sharing } from '../../domain/text.ts';
import type { OnPage } from '../../http/offset-walk.ts';
import { positionOf, readWholeList } from './list-page.ts';
import type { Resource, Session } from './session.ts';
import { toUser } from './to-domain.ts';
import { memberList } from './wire.ts';

/** GET /v3/orgs/{org_id}/iam/members (Ctrl Hub docs: members of an organisation). */
export function createMemberReader(
  session: Session,
  { organisationId, pageSize }: { organisationId: string; pageSize: number },
  onPage: OnPage,
) {
  const resource = {
    path: `/v3/orgs/${encodeURIComponent(organisationId)}/iam/members`,
    subject: 'the member list',
    notFound: 'the organisation of CTRL_HUB_ORGANISATION_ID is not visible with CTRL_HUB_SESSION_TOKEN',
    schema: memberList,
  } satisfies Resource<unknown>;

  const pagesOfOneRead = (shared: Sharing) => (offset: number, limit: number) =>
    session.get(resource, `limit=${limit}&offset=${offset}`, ({ data, meta }) => ({
      rows: data.map((it) => toUser(it, shared)),
      ...positionOf(meta?.pagination, { offset, limit, received: data.length }),
    }));

  return {
    members: (): Promise<CtrlHubUser[]> => readWholeList(pageSize, pagesOfOneRead(createSharing()), undefined, onPage),
  };
}
