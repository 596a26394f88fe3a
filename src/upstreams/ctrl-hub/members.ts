import type { ListOf, Reading } from '../../domain/list-reading.ts';
import type { CtrlHubUser } from '../../domain/people.ts';
import { createRowSharing, sharedList } from '../../domain/row-sharing.ts';
import { createSharing } from '../../domain/text.ts';
import { readRows } from '../../http/rows.ts';
import { readingOfList, readListPage } from './list-page.ts';
import type { Resource, Session } from './session.ts';
import { toUser } from './to-domain.ts';
import { type ListDocument, memberReader } from './wire.ts';

export type MemberList = ListOf<CtrlHubUser>;

export const membersOf = (organisationId: string): Resource => ({
  path: `/v3/orgs/${encodeURIComponent(organisationId)}/iam/members`,
  route: '/v3/orgs/{organisationId}/iam/members',
  subject: 'the member list',
  isOfOrganisation: true,
  notFound: 'the organisation of CTRL_HUB_ORGANISATION_ID is not visible with CTRL_HUB_SESSION_TOKEN',
});

/**
 * GET /v3/orgs/{org_id}/iam/members (Ctrl Hub docs: members of an organisation). Service accounts are members but not
 * people, so they are skipped.
 */
export function createMemberReader(
  session: Session,
  { organisationId, pageSize }: { organisationId: string; pageSize: number },
): (previous: MemberList | null) => Reading<MemberList> {
  const resource = membersOf(organisationId);

  return (previous) => {
    const shared = createSharing();
    const shareRow = createRowSharing<CtrlHubUser>(previous?.rows, (user) => user.ctrlHubId);
    const toRows = ({ data }: ListDocument) => {
      const read = readRows(data, memberReader);
      return { ...read, rows: read.rows.map((user) => shareRow(toUser(user, shared))) };
    };
    const pages = readingOfList(session, {
      name: memberReader.resource,
      resource,
      pageSize,
      readPage: (offset, limit) => readListPage(session, resource, { offset, limit }, toRows),
    });
    return {
      ...pages,
      attempt: async (onProgress) => {
        const list = await pages.attempt(onProgress);
        return { ...list, rows: sharedList(previous?.rows, list.rows) };
      },
    };
  };
}
