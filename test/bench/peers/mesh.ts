import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { request } from 'undici';
import { z } from 'zod';
import { meshQuestions } from './mesh-questions.ts';
import type { Peer } from './peer.ts';
import { run } from './running.ts';

const pathOf = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const gatewayProgram = pathOf('../node_modules/@graphql-hive/gateway/dist/bin.js');
const composeProgram = pathOf('../node_modules/@graphql-mesh/compose-cli/esm/bin.js');

let supergraph: string | null = null;

/** Composed once for all runs, before any of them; addresses are read from the environment at the start. */
function supergraphFile(): string {
  if (supergraph === null) {
    const folder = mkdtempSync(join(tmpdir(), 'hr-graph-bench-'));
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    supergraph = join(folder, 'supergraph.graphql');
    const config = pathOf('../servers/mesh/mesh.config.ts');
    execFileSync(process.execPath, [composeProgram, '--config-path', config, '--output', supergraph], {
      stdio: 'pipe',
    });
  }
  return supergraph;
}

/** In one process, as the other peers. Mesh has no client credentials: it is given a token that was asked for before. */
export const mesh = ({ hasResponseCache }: { hasResponseCache: boolean }): Peer => ({
  ...meshQuestions,
  name: hasResponseCache ? 'mesh-cache' : 'mesh',
  title: hasResponseCache
    ? '(b) Mesh + Hive Gateway, with its response cache'
    : '(b) Mesh + Hive Gateway, tuned by hand, no response cache',
  keepsAnswers: hasResponseCache,
  start: async (env) => {
    const args = ['supergraph', supergraphFile(), '--config-path', pathOf('../servers/mesh/gateway.config.ts')];
    const token = await askToken(env);
    return run([gatewayProgram, ...args], {
      ...env,
      FORK: '1',
      HOST: '127.0.0.1',
      LUCCA_ACCESS_TOKEN: token,
      RESPONSE_CACHE: hasResponseCache ? 'on' : 'off',
    });
  },
});

async function askToken(env: Record<string, string>): Promise<string> {
  const { body } = await request(env.LUCCA_TOKEN_URL ?? '', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: env.LUCCA_CLIENT_ID ?? '',
      client_secret: env.LUCCA_CLIENT_SECRET ?? '',
      scope: 'employees.readonly job-positions.readonly job-qualifications.readonly',
    }).toString(),
  });
  return z.object({ access_token: z.string() }).parse(await body.json()).access_token;
}
