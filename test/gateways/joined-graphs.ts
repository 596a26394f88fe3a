import { z } from 'zod';
import { requestLines } from '../helpers/upstream-requests.ts';
import { type GuardedGraph, startGuardedGraph } from '../security/rights-callers.ts';
import { everything } from '../security/rights-table.ts';
import { type Bookings, startBookings } from './bookings.ts';
import type { Gateway, GatewayKind } from './gateway.ts';

type Caller = 'reader' | 'without grades';

/** The answer of a gateway. Errors in alphabetical order of their places, as `path code`. */
type JoinedAnswer = { data: unknown; errors: string[] };

/** hr-graph and another graph, both behind each of several gateways. */
export type JoinedGraphs = {
  hr: GuardedGraph<Caller>;
  bookings: Bookings;
  /** Lucca's people with an address that is theirs alone, a hundred of them: each has one booking. */
  people: { email: string; givenName: string; familyName: string }[];
  ask(kind: string, query: string, caller?: Caller | null): Promise<JoinedAnswer>;
  /** What the last `ask` has caused: operations at each of the two graphs, and requests at hr-graph's upstreams. */
  caused(): { hr: number; bookings: number; upstreams: ReturnType<typeof requestLines> };
  stop(): Promise<void>;
};

const answerShape = z.object({
  data: z.unknown(),
  errors: z
    .array(
      z.object({
        message: z.string(),
        path: z.array(z.union([z.string(), z.number()])).default([]),
        extensions: z.object({ code: z.string().optional() }).default({}),
      }),
    )
    .default([]),
});

const day = '2026-03-02';

/** Somebody of another company. */
const guest = 'somebody@elsewhere.example';

export async function startJoinedGraphs(kinds: Record<string, GatewayKind>): Promise<JoinedGraphs> {
  const hr = await startGuardedGraph<Caller>(
    { reader: everything, 'without grades': everything.filter((it) => it !== 'grades.readonly') },
    // Nothing is cached, so that what an operation asks of the upstreams is all its own.
    { env: { SUBGRAPH: 'on', CACHE_FRESH_SECONDS: '0' } },
  );
  const { employees } = hr.graph.company.lucca;
  const bearersOf = (email: string) => employees.filter((it) => it.email?.toLowerCase() === email.toLowerCase());
  const people = employees
    .flatMap(({ email, givenName, familyName }) =>
      email === null || bearersOf(email).length > 1 ? [] : [{ email, givenName, familyName }],
    )
    .slice(0, 100);
  const bookings = await startBookings([
    ...people.map(({ email }, index) => ({ id: `b${index}`, desk: `A-${index}`, day, email, isGuest: false })),
    { id: 'g0', desk: 'G-0', day, email: null, isGuest: true },
    { id: 'g1', desk: 'G-1', day, email: guest, isGuest: true },
  ]);
  const { data } = await hr.as('reader', '{ _service { sdl } _sdl }');
  const told = z.object({ _service: z.object({ sdl: z.string() }), _sdl: z.string() }).parse(data);
  const sdl = { federation: told._service.sdl, stitching: told._sdl };
  const gateways = new Map<string, Gateway>();
  for (const [name, kind] of Object.entries(kinds)) {
    const parts = {
      hr: { url: hr.graph.url, sdl: sdl[kind.sdl] },
      bookings: { url: bookings.url, sdl: bookings.sdl[kind.sdl] },
    };
    gateways.set(name, await kind.start(parts));
  }

  return {
    hr,
    bookings,
    people,
    ask: async (kind, query, caller = 'reader') => {
      hr.graph.forgetRequests();
      hr.graph.log.length = 0;
      bookings.requests.length = 0;
      const response = await fetch(gateways.get(kind)?.url ?? '', {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          ...(caller === null ? {} : hr.headersOf(caller)),
        },
        body: JSON.stringify({ query }),
      });
      const answer = answerShape.parse(await response.json());
      const errors = answer.errors.map(
        ({ path, extensions, message }) => `${path.join('.')} ${extensions.code ?? message}`,
      );
      return { data: answer.data, errors: errors.sort() };
    },
    caused: () => ({
      hr: hr.graph.log.filter((it) => it.includes('"msg":"operation"')).length,
      bookings: bookings.requests.length,
      upstreams: requestLines(hr.graph.requests()),
    }),
    stop: async () => {
      await Promise.all([...gateways.values()].map((it) => it.stop()));
      await bookings.stop();
      await hr.stop();
    },
  };
}
