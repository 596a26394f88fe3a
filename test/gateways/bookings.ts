import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSchema, createYoga } from 'graphql-yoga';

/** Somebody else's graph: who sits at which desk. It knows people by their e-mail addresses, and nothing else of them. */
export type Bookings = {
  url: string;
  sdl: { federation: string; stitching: string };
  /** What gateways have asked, oldest first. */
  requests: { authorization: string | undefined }[];
  stop(): Promise<void>;
};

/** Guests may have an address or not; hr-graph knows none of them. */
export type Booking = { id: string; desk: string; day: string; email: string | null; isGuest: boolean };

const federationLink =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])';

/** Relay style, as hr-graph is: both have nodes and pages. */
const types = /* GraphQL */ `
  scalar Date
  scalar EmailAddress
  interface Node { id: ID! }
  type Booking implements Node KEY_OF_BOOKING { id: ID! desk: String! day: Date! employee: Employee }
  type BookingEdge { node: Booking! cursor: String! }
  type BookingConnection { edges: [BookingEdge!]! nodes: [Booking!]! pageInfo: PageInfo! }
  type PageInfo SHAREABLE { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
  type Employee KEY_OF_EMPLOYEE { email: EmailAddress bookings(first: Int = 25, after: String): BookingConnection }
  type Query {
    bookings(first: Int = 25, after: String): BookingConnection!
    guests(haveAddress: Boolean!): [Booking!]!
    node(id: ID!): Node SHAREABLE
    MORE_OF_QUERY
  }
`;

const written = (words: Record<string, string>): string =>
  Object.entries(words).reduce((text, [word, meaning]) => text.replaceAll(word, meaning), types);

const sdl = {
  federation: `${federationLink}\n${written({
    KEY_OF_BOOKING: '@key(fields: "id")',
    KEY_OF_EMPLOYEE: '@key(fields: "email")',
    SHAREABLE: '@shareable',
    MORE_OF_QUERY: '',
  })}`,
  stitching: `directive @merge(keyField: String) on FIELD_DEFINITION
    ${written({
      KEY_OF_BOOKING: '',
      KEY_OF_EMPLOYEE: '',
      SHAREABLE: '',
      MORE_OF_QUERY: 'bookersByEmail(emails: [EmailAddress]!): [Employee] @merge(keyField: "email")',
    })}`,
};

/** What runs: both languages of gateways at once. */
const served = `scalar _Any union _Entity = Employee | Booking
  ${written({
    KEY_OF_BOOKING: '',
    KEY_OF_EMPLOYEE: '',
    SHAREABLE: '',
    MORE_OF_QUERY:
      'bookersByEmail(emails: [EmailAddress]!): [Employee] _entities(representations: [_Any!]!): [_Entity]!',
  })}`;

type Bounds = { first: number };
type Named = { email: string | null };

export async function startBookings(all: readonly Booking[]): Promise<Bookings> {
  const page = (rows: readonly Booking[], { first }: Bounds) => ({
    edges: rows.slice(0, first).map((node) => ({ node, cursor: node.id })),
    nodes: rows.slice(0, first),
    pageInfo: { hasNextPage: rows.length > first, hasPreviousPage: false },
  });
  const schema = createSchema({
    typeDefs: served,
    resolvers: {
      Query: {
        bookings: (_: unknown, bounds: Bounds) => page(all, bounds),
        guests: (_: unknown, { haveAddress }: { haveAddress: boolean }) =>
          all.filter((it) => it.isGuest && (it.email !== null) === haveAddress),
        node: (_: unknown, { id }: { id: string }) => all.find((it) => it.id === id) ?? null,
        bookersByEmail: (_: unknown, { emails }: { emails: readonly (string | null)[] }) =>
          emails.map((email) => (email === null ? null : { email })),
        _entities: (_: unknown, { representations }: { representations: readonly Named[] }) => representations,
      },
      Node: { __resolveType: () => 'Booking' },
      _Entity: { __resolveType: ({ __typename }: { __typename: string }) => __typename },
      Booking: { employee: ({ email }: Booking) => ({ email }) },
      Employee: {
        bookings: ({ email }: Named, bounds: Bounds) =>
          page(email === null ? [] : all.filter((it) => it.email === email), bounds),
      },
    },
  });
  const requests: Bookings['requests'] = [];
  const yoga = createYoga({ schema, logging: false, graphiql: false, landingPage: false });
  const server = createServer((request, response) => {
    requests.push({ authorization: request.headers.authorization });
    void yoga(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    sdl,
    requests,
    stop: () => new Promise((resolve) => server.close(() => resolve()).closeAllConnections()),
  };
}
