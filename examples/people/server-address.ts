import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

/**
 * Where hr-graph answers: as given, else `HR_GRAPH_ORIGIN`, else where `npm start` listens by its own `HOST` and `PORT`, from
 * the environment or `.env`. Throws for what is no address.
 */
export function serverAddress(given: string | undefined, folder: string): string {
  const { HR_GRAPH_ORIGIN, HOST, PORT } = { ...settingsIn(`${folder}/.env`), ...nonBlank(process.env) };
  const address = given ?? HR_GRAPH_ORIGIN ?? `http://${reachable(HOST)}:${PORT ?? 4000}`;
  const url = URL.parse(address);
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new Error(`expected the address of hr-graph, such as http://localhost:4000, got ${address}`);
  }
  return url.origin;
}

/** What listens on every address is asked on this machine's own. */
function reachable(host = '127.0.0.1'): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

function settingsIn(path: string): Record<string, string | undefined> {
  try {
    return nonBlank(parseEnv(readFileSync(path, 'utf8')));
  } catch {
    // The server tells what is wrong with the file. Without one, the defaults hold.
    return {};
  }
}

const nonBlank = (variables: NodeJS.Dict<string>): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(variables).filter(([, value]) => value?.trim()));
