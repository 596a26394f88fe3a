import { always, type Case, describeCases, under } from './doctor-fixture.ts';

const wrongCredentials: Case[] = [
  {
    name: "Lucca's client secret is wrong",
    env: { LUCCA_CLIENT_SECRET: 'not-the-secret' },
    finds: { 'LUCCA sign-in': 'trouble' },
    says: /HTTP 200, got 400 \(invalid_client\)/,
    advises: /LUCCA_CLIENT_SECRET/,
  },
  {
    name: "Lucca's client is unknown",
    env: { LUCCA_CLIENT_ID: 'nobody' },
    finds: { 'LUCCA sign-in': 'trouble' },
    says: /invalid_client/,
    advises: /LUCCA_CLIENT_ID/,
  },
  {
    name: "Ctrl Hub's session is another",
    env: { CTRL_HUB_SESSION_TOKEN: 'not-the-session' },
    finds: { 'CTRL_HUB sign-in': 'trouble' },
    says: /HTTP 401.*missing or expired/,
    advises: /renew CTRL_HUB_SESSION_TOKEN/,
  },
  {
    name: "NAVER's secret key is wrong",
    env: { NAVER_SECRET_KEY: 'not-the-secret-key' },
    finds: { 'NAVER sign-in': 'trouble' },
    says: /HTTP 401: gateway error 200/,
    advises: /NAVER_ACCESS_KEY and NAVER_SECRET_KEY/,
  },
  {
    name: "NAVER's access key is wrong",
    env: { NAVER_ACCESS_KEY: 'NOTTHEACCESSKEY00001' },
    finds: { 'NAVER sign-in': 'trouble' },
    says: /HTTP 401: gateway error 200/,
    advises: /NAVER_ACCESS_KEY/,
  },
];

const wrongRights: Case[] = [
  {
    name: 'a scope is not granted to the client of Lucca',
    env: { LUCCA_SCOPES: 'employees.readonly employments.readonly job-positions.readonly departments.readonly' },
    finds: {
      'LUCCA scopes': 'trouble',
      'LUCCA list-job-qualifications': 'trouble',
      'LUCCA list-professions': 'trouble',
    },
    says: /Not granted to this client: departments\.readonly\. LUCCA_SCOPES does not ask for job-qualifications\.readonly\./,
    advises: /Grant the scopes to the API client in Lucca .*LUCCA_SCOPES/,
  },
  {
    name: 'a scope is not asked for',
    env: { LUCCA_SCOPES: 'employees.readonly employments.readonly job-qualifications.readonly' },
    finds: { 'LUCCA scopes': 'trouble', 'LUCCA embeds': 'trouble' },
    says: /LUCCA_SCOPES does not ask for job-positions\.readonly/,
    advises: /Add the missing scopes to LUCCA_SCOPES/,
  },
  {
    name: 'the company of NAVER is another',
    env: { NAVER_COMPANY_ID: 'ffffffff-0000-4000-8000-000000000001' },
    finds: { 'NAVER list-grades': 'trouble', 'NAVER list-positions': 'trouble', 'NAVER list-employees': 'trouble' },
    says: /gateway error 210/,
    advises: /NAVER_COMPANY_ID/,
  },
  {
    name: 'the key of NAVER may not read employees',
    prepare: ({ naver }) =>
      naver.inject(
        always({ status: 403, body: { error: { errorCode: '230', message: 'Forbidden' } } }, under('/employee')),
      ),
    finds: { 'NAVER list-employees': 'trouble' },
    says: /gateway error 230/,
    advises: /grant the right/,
  },
  {
    name: 'the organisation of Ctrl Hub is another',
    env: { CTRL_HUB_ORGANISATION_ID: '0c000000-0000-4000-8000-00000000000c' },
    finds: { 'CTRL_HUB list-members': 'trouble' },
    says: /HTTP 404/,
    advises: /CTRL_HUB_ORGANISATION_ID is not visible/,
  },
  {
    name: 'the user of Ctrl Hub may not read assignments',
    prepare: ({ ctrlHub }) => ctrlHub.inject(always({ status: 403, body: {} }, under('job-role-assignments'))),
    finds: { 'CTRL_HUB list-assignments': 'trouble' },
    says: /HTTP 403/,
    advises: /lacks a grant/,
  },
];

describeCases('the doctor, when', [...wrongCredentials, ...wrongRights]);
