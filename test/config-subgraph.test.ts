import { describe, expect, it } from 'vitest';
import { readConfig } from '../src/config/config.ts';
import { everything, fileOf, problemsOf, removeFiles, type Variables } from './config-fixture.ts';

removeFiles();

const keys = fileOf('keys.json', JSON.stringify([{ id: 'gateway', sha256: 'ab'.repeat(32), scopes: [] }]));
const guarded = { ...everything, AUTH_MODE: 'api-key', API_KEYS_FILE: keys };

const subgraphOf = (variables: Variables) => readConfig(variables).subgraph;

describe('a part of a larger graph', () => {
  it('can be made of it unless callers have to sign in', () => {
    expect(subgraphOf({})).toEqual({ isSubgraph: true, node: 'inaccessible', prefix: '' });
    expect(subgraphOf(everything).isSubgraph).toBe(true);
    expect(subgraphOf(guarded).isSubgraph).toBe(false);
  });

  it('is made of it where the operator says so, and nowhere else', () => {
    const settings = { SUBGRAPH: 'on', SUBGRAPH_NODE: 'omitted', SUBGRAPH_PREFIX: 'Hr' };
    expect(subgraphOf({ ...guarded, ...settings })).toEqual({ isSubgraph: true, node: 'omitted', prefix: 'Hr' });
    expect(subgraphOf({ SUBGRAPH: 'OFF' }).isSubgraph).toBe(false);
  });

  it.each([
    [{ SUBGRAPH: 'yes' }, 'SUBGRAPH: expected on or off, got "yes"'],
    [{ SUBGRAPH_NODE: 'shown' }, 'SUBGRAPH_NODE: expected one of inaccessible, accessible, omitted, got "shown"'],
    ...['hr', 'H-R', '_Hr', 'Élan', 'H'.repeat(21)].map((it): [Variables, string] => [
      { SUBGRAPH_PREFIX: it },
      `SUBGRAPH_PREFIX: expected up to 20 letters and digits that begin with a capital, such as Hr, got "${it}"`,
    ]),
    [{ SUBGRAPH_NODES: 'omitted' }, 'SUBGRAPH_NODES: no such variable'],
  ])('is not started by %j', (variables, problem) => {
    expect(problemsOf(variables)).toEqual([expect.stringContaining(problem)]);
  });

  it('has no settings where it is off: they would do nothing', () => {
    const idle = 'expected no value, because SUBGRAPH is off (on, if this graph is to be part of a larger one)';
    expect(problemsOf({ ...guarded, SUBGRAPH_NODE: 'omitted', SUBGRAPH_PREFIX: 'Hr' })).toEqual([
      `SUBGRAPH_NODE: ${idle}`,
      `SUBGRAPH_PREFIX: ${idle}`,
    ]);
    expect(problemsOf({ SUBGRAPH: 'off', SUBGRAPH_NODE: 'accessible' })).toEqual([`SUBGRAPH_NODE: ${idle}`]);
  });
});
