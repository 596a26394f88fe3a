import { join } from 'node:path';
import { expect } from 'vitest';
import { z } from 'zod';
import type { TestGraph } from '../helpers/graph.ts';
import { emptyFolder } from '../process/child.ts';

/** For DIRECTORY_FILE. */
export const newPath = (): string => join(emptyFolder(), 'directory');

/** One field of each upstream's people, with what it takes to see where it comes from. */
const document = `{
  employees(first: 5) { nodes { id displayName hiredOn jobRoleAssignments { nodes { id } } } totalCount }
}`;

const shape = z.object({
  data: z.object({ employees: z.object({ nodes: z.array(z.object({ id: z.string() })), totalCount: z.number() }) }),
  errors: z.array(z.object({ extensions: z.object({ code: z.string() }) })).optional(),
  extensions: z.object({
    upstreams: z.record(z.string(), z.object({ asOf: z.iso.datetime(), failure: z.string().optional() })),
  }),
});

export async function askPeople(graph: TestGraph) {
  const response = await fetch(graph.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: document }),
  });
  const { data, errors = [], extensions } = shape.parse(await response.json());
  expect(errors.filter(({ extensions: { code } }) => code !== 'CONFLICT')).toEqual([]);
  return { data, upstreams: extensions.upstreams };
}

/** Log lines about the copy. */
export const linesAbout = (graph: TestGraph): string[] =>
  graph.log.flatMap((line) => {
    const { msg } = z.object({ msg: z.string() }).parse(JSON.parse(line));
    return msg.includes('copy') ? [msg] : [];
  });
