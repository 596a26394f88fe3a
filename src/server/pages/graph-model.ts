import { type GraphQLOutputType, type GraphQLSchema, getNamedType, isInterfaceType, isObjectType } from 'graphql';
import { entityTypes } from '../../../resolvers/entity-types.ts';
import { type Upstream, upstreams } from '../../domain/upstream.ts';
import { upstreamOf } from '../../loaders/list-names.ts';

/** What the graph is about: types with an id, who owns them, and the fields by which one leads to another. */
export type GraphModel = {
  /** Joined from several systems, and in the middle of everything. */
  hubs: string[];
  /** In the order in which systems lead; the types of each, nearest to the hubs first. */
  owners: { upstream: Upstream; types: string[] }[];
  edges: Edge[];
};

export type Edge = { from: string; field: string; to: string };

export function graphModelOf(schema: GraphQLSchema): GraphModel {
  const node = schema.getType('Node');
  const types = isInterfaceType(node) ? schema.getPossibleTypes(node) : [];
  const names = types.map(({ name }) => name);
  const edges = types.flatMap((type) =>
    Object.values(type.getFields()).flatMap(({ name: field, type: shown }) => {
      const to = shownBy(shown);
      return names.includes(to) ? [{ from: type.name, field, to }] : [];
    }),
  );
  const hubs = names.filter((it) => ownerOf(it) === null);
  const distances = distancesFrom(hubs, edges);
  const byDistance = (a: string, b: string) => (distances.get(a) ?? 0) - (distances.get(b) ?? 0) || a.localeCompare(b);
  const owners = upstreams.map((upstream) => ({
    upstream,
    types: names.filter((it) => ownerOf(it) === upstream).sort(byDistance),
  }));
  return { hubs, owners, edges };
}

/** The type of a field's value; of a list in pages, that of its rows. */
function shownBy(type: GraphQLOutputType): string {
  const named = getNamedType(type);
  const rows = isObjectType(named) && named.name.endsWith('Connection') ? named.getFields().nodes : undefined;
  return rows === undefined ? named.name : shownBy(rows.type);
}

/** Null for what no single system owns. */
function ownerOf(type: string): Upstream | null {
  const entity = Object.entries(entityTypes).find(([name]) => name === type)?.[1];
  const [list] = entity?.byKey.reads('') ?? [];
  return list === undefined ? null : upstreamOf(list);
}

/** How many edges away from the nearest of `starts`. */
function distancesFrom(starts: readonly string[], edges: readonly Edge[]): Map<string, number> {
  const distances = new Map(starts.map((it) => [it, 0]));
  for (let ring = [...starts], distance = 1; ring.length > 0; distance += 1) {
    ring = ring.flatMap((type) =>
      edges.filter(({ from, to }) => from === type && !distances.has(to)).map(({ to }) => to),
    );
    for (const type of ring) distances.set(type, distance);
  }
  return distances;
}
