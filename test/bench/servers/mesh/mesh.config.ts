import { fileURLToPath } from 'node:url';
import { defineConfig } from '@graphql-mesh/compose-cli';
import { loadOpenAPISubgraph } from '@omnigraph/openapi';

const pathOf = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/**
 * The three APIs from their OpenAPI documents, and the fields that join them. Reads of one item by its id are left out
 * of the documents: composition would use them to fetch every row of a list once more.
 */
export const composeConfig = defineConfig({
  subgraphs: [
    {
      sourceHandler: loadOpenAPISubgraph('Lucca', {
        source: pathOf('lucca.yaml'),
        endpoint: '{env.LUCCA_BASE_URL}',
        operationHeaders: { authorization: 'Bearer {env.LUCCA_ACCESS_TOKEN}', 'api-version': '2024-11-01' },
      }),
    },
    {
      sourceHandler: loadOpenAPISubgraph('CtrlHub', {
        source: pathOf('ctrl-hub.yaml'),
        endpoint: '{env.CTRL_HUB_BASE_URL}',
        operationHeaders: { 'x-session-token': '{env.CTRL_HUB_SESSION_TOKEN}' },
      }),
    },
    {
      sourceHandler: loadOpenAPISubgraph('Naver', { source: pathOf('naver.yaml'), endpoint: '{env.NAVER_BASE_URL}' }),
    },
  ],
  additionalTypeDefs: /* GraphQL */ `
    extend type LuccaEmployee {
      jobPosition: LuccaJobPosition
      jobQualification: LuccaJobQualification
      naver: NaverEmployee
      grade: NaverGrade
      position: NaverJob
      ctrlHub: CtrlHubMember
      jobRoleAssignments: [JobRoleAssignment!]
    }
    extend type LuccaJobQualification {
      its: LuccaProfession
    }
    type JobRoleAssignment {
      type: String
      createdAt: String
      role: JobRole
    }
    type JobRole {
      name: String
      description: String
      requiredQualifications: [String]
      optionalQualifications: [String]
      organisation: String
    }
  `,
});
