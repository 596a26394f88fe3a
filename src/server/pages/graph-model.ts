import { type GraphQLOutputType, type GraphQLSchema, getNamedType, isInterfaceType, isObjectType } from 'graphql';
import { entityTypes } from '../../../resolvers/entity-types.ts';
import { type Upstream, upstreams } from '../../domain/upstream.ts';
import { upstreamOf } from '../../loaders/list-names.ts';

/** The types with an id, their owners, and the fields that lead from one type to another. */
export type GraphModel = {
  /** The types that are joined from several systems, in the middle of the picture. */
  hubs: string[];
  /** In the order of leading systems. The types of each owner are sorted by their distance from the hubs. */
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
      const to = valueTypeOf(shown);
      return names.includes(to) ? [{ from: type.name, field, to }] : [];
    }),
  );
  const hubs = names.filter((name) => ownerOf(name) === null);
  const distances = distancesFrom(hubs, edges);
  const byDistance = (a: string, b: string) => (distances.get(a) ?? 0) - (distances.get(b) ?? 0) || a.localeCompare(b);
  const owners = upstreams.map((upstream) => ({
    upstream,
    types: names.filter((name) => ownerOf(name) === upstream).sort(byDistance),
  }));
  return { hubs, owners, edges };
}

/** The type of a field's value; for a connection, the type of its nodes. */
function valueTypeOf(type: GraphQLOutputType): string {
  const named = getNamedType(type);
  const rows = isObjectType(named) && named.name.endsWith('Connection') ? named.getFields().nodes : undefined;
  return rows === undefined ? named.name : valueTypeOf(rows.type);
}

/** The upstream that owns a type; null if the type is joined from several. */
function ownerOf(type: string): Upstream | null {
  const entity = Object.entries(entityTypes).find(([name]) => name === type)?.[1];
  const [list] = entity?.byKey.reads('') ?? [];
  return list === undefined ? null : upstreamOf(list);
}

/** The number of edges between each type and the nearest type of `starts`. */
function distancesFrom(starts: readonly string[], edges: readonly Edge[]): Map<string, number> {
  const distances = new Map(starts.map((type) => [type, 0]));
  for (let ring = [...starts], distance = 1; ring.length > 0; distance += 1) {
    ring = ring.flatMap((type) =>
      edges.filter(({ from, to }) => from === type && !distances.has(to)).map(({ to }) => to),
    );
    for (const type of ring) distances.set(type, distance);
  }
  return distances;
}
