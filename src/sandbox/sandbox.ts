import { createCompany, SHOWCASE_EMAIL } from './company/company.ts';
import type { Company } from './company/data.ts';
import { type CtrlHubEmulator, startCtrlHubEmulator } from './ctrl-hub/ctrl-hub-emulator.ts';
import { type LuccaEmulator, sandboxLuccaClient, startLuccaEmulator } from './lucca/lucca-emulator.ts';
import { type NaverEmulator, startNaverEmulator } from './naver/naver-emulator.ts';

export type Sandbox = {
  company: Company;
  lucca: LuccaEmulator;
  ctrlHub: CtrlHubEmulator;
  naver: NaverEmulator;
  /** The address of a person with records in all three systems, for example operations. */
  showcaseEmail: string;
  /** The settings that connect a deployment to the emulators, including credentials. */
  env: Record<string, string>;
  close(): Promise<void>;
};

export type SandboxOptions = {
  company?: Company;
  latencyMs?: number;
  /** Loopback ports; default: free ones. A port in use is replaced by a free one. */
  ports?: { lucca?: number; ctrlHub?: number; naver?: number };
  luccaRateLimit?: { count: number; seconds: number } | null;
};

/** Not a secret: the sandbox's people are invented, and their ids must be the same at every start. */
const sandboxSecret = 'sandbox-no-secret';

/** Starts the three emulators over one company, on loopback. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { company = createCompany(), latencyMs = 0, ports = {} } = options;
  const [lucca, ctrlHub, naver] = await Promise.all([
    startLuccaEmulator({
      data: company.lucca,
      latencyMs,
      port: ports.lucca ?? 0,
      ...(options.luccaRateLimit === undefined ? {} : { rateLimit: options.luccaRateLimit }),
    }),
    startCtrlHubEmulator({ data: company.ctrlHub, latencyMs, port: ports.ctrlHub ?? 0 }),
    startNaverEmulator({ data: company.naver, latencyMs, port: ports.naver ?? 0 }),
  ]);
  return {
    company,
    lucca,
    ctrlHub,
    naver,
    showcaseEmail: SHOWCASE_EMAIL,
    env: {
      HR_GRAPH_SECRET: sandboxSecret,
      LUCCA_BASE_URL: lucca.baseUrl,
      LUCCA_TOKEN_URL: lucca.tokenUrl,
      LUCCA_CLIENT_ID: sandboxLuccaClient.id,
      LUCCA_CLIENT_SECRET: sandboxLuccaClient.secret,
      CTRL_HUB_BASE_URL: ctrlHub.baseUrl,
      CTRL_HUB_SESSION_TOKEN: ctrlHub.sessionToken,
      CTRL_HUB_ORGANISATION_ID: ctrlHub.organisationId,
      NAVER_BASE_URL: naver.baseUrl,
      NAVER_COMPANY_ID: naver.companyId,
      NAVER_ACCESS_KEY: naver.accessKey,
      NAVER_SECRET_KEY: naver.secretKey,
    },
    close: async () => {
      await Promise.all([lucca.close(), ctrlHub.close(), naver.close()]);
    },
  };
}
