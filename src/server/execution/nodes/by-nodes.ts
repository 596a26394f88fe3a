import type { DocumentNode, ExecutionArgs, ExecutionResult, GraphQLError } from 'graphql';
import type { Lists } from '../../../loaders/lists.ts';
import type { ReadPlan } from '../../../loaders/plan.ts';
import type { Engine } from '../engine.ts';
import type { KeptNode, KeptNodes, NodeGroup } from './kept-nodes.ts';
import { errorsOfNodes, isForGood, withPath } from './node-errors.ts';
import { type SplitOperation, splitOperation } from './split-operation.ts';
import { bytesOfNode, type PlacedNode, writeJson } from './write-json.ts';

/** What the nodes of an operation follow from, besides the operation. */
export type Origin = {
  /** The caller's rights and language. */
  audience: readonly (string | null)[];
  /** The versions of the upstream answers that the operation has read so far. */
  versions: ReadonlySet<number>;
  plan: ReadPlan;
  lists: Lists;
  /** Whether nothing has been dropped from the memory since the operation began, such as somebody to be forgotten. */
  isCurrent: () => boolean;
};

/** Says how it becomes JSON, which Yoga looks for on every result. Its data is for nobody else: it has nodes' keys in it. */
type WrittenResult = ExecutionResult & { stringify: (result: ExecutionResult) => Buffer };

/** Operations that are asked once or twice are not worth it. */
const runsUntilSplit = 3;

/**
 * Lists may still be on their way when it is known which nodes there are; but where nothing can be kept again and again,
 * the nodes need answers of their own or fail, and the operation runs whole for so long.
 */
const straysUntilRest = 3;
const restMs = 60_000;

type State = { runs: number; split?: SplitOperation | null; strays: number; restsUntil: number };

/**
 * Puts the answer to an operation together from nodes that were answered before, such as the people whom the last page
 * and this one have in common. What is asked of a node is the same for each of them, so a node follows from its key, the
 * operation, the caller's rights and the upstream answers that were read: those that tell which nodes there are, and
 * whole lists that were at hand. Only then is it kept: where a node had to be asked for, the operation runs whole.
 */
export function byNodes(
  execute: Engine,
  kept: KeptNodes,
): (args: ExecutionArgs, origin: Origin) => Promise<ExecutionResult> {
  const states = new WeakMap<DocumentNode, Map<string, State>>();

  function stateOf({ document, operationName }: ExecutionArgs): State {
    const operations = states.get(document) ?? new Map<string, State>();
    states.set(document, operations);
    const state = operations.get(operationName ?? '') ?? { runs: 0, strays: 0, restsUntil: 0 };
    operations.set(operationName ?? '', state);
    return state;
  }

  return async (args, { audience, versions, plan, lists, isCurrent }) => {
    const state = stateOf(args);
    state.runs += 1;
    if (state.runs < runsUntilSplit || Date.now() < state.restsUntil) return execute(args);
    state.split ??= splitOperation(args.schema, args.document, args.operationName);
    const { split } = state;
    if (split === null) return execute(args);

    const outer = await execute({ ...args, document: split.outer });
    if (outer.errors !== undefined || outer.data == null) {
      // What fails is asked for anew by whoever asks: not twice by everybody.
      state.restsUntil = Date.now() + restMs;
      return execute(args);
    }
    const before = new Set(versions);
    const atHand = lists.versions();
    const planned = [[...plan.lists].sort(), [...plan.assignmentIncludes].sort(), plan.luccaEmbedded];
    const answers = [...before].sort((a, b) => a - b);
    const key = groupKey(args, split, [audience, planned, answers, [...atHand]]);
    const group = kept.group(key);
    const fromKept = writtenFrom(outer.data, group);
    if (fromKept !== null) {
      // So that the operation knows how old they are. A list that is read anew by that, or cannot be, is another one.
      await Promise.allSettled(group.lists.map(async (it) => lists[it]()));
      if (group.lists.every((it) => versions.has(atHand.get(it) ?? -1))) return fromKept;
    }

    const whole = await execute({ ...args, document: split.keyed });
    if (whole.data == null) return whole;
    const since = [...versions].filter((it) => !before.has(it));
    const ofLists = [...atHand].filter(([, version]) => since.includes(version)).map(([list]) => list);
    const { result, nodes } = written(whole.data, whole.errors ?? []);
    const isKeepable = ofLists.length === since.length && nodes.size > 0;
    state.strays = isKeepable ? 0 : state.strays + 1;
    if (state.strays === straysUntilRest) Object.assign(state, { strays: 0, restsUntil: Date.now() + restMs });
    if (isKeepable && isCurrent()) kept.keep(key, { byName: nodes, lists: ofLists });
    return result;
  };
}

function groupKey({ operationName, variableValues }: ExecutionArgs, split: SplitOperation, origin: readonly unknown[]) {
  // What is absent may have a default, and so is not null.
  const given = Object.entries(variableValues ?? {}).filter(([name]) => split.nodeVariables.includes(name));
  return JSON.stringify([origin, operationName, given.sort(byName), split.text]);
}

const byName = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : 1);

const nameOf = ({ place, key }: PlacedNode): string => `${place} ${key}`;

/** Null where a node was not kept. */
function writtenFrom(data: Record<string, unknown>, { byName }: NodeGroup): WrittenResult | null {
  if (byName.size === 0) return null;
  const errors: GraphQLError[] = [];
  const pieces = writeJson(data, (placed) => {
    const found = byName.get(nameOf(placed));
    if (found === undefined) return null;
    for (const it of found.errors) errors.push(withPath(it, [...placed.path, ...(it.path ?? [])]));
    return found.json;
  });
  return pieces && asResult(data, errors, pieces);
}

function written(data: Record<string, unknown>, errors: readonly GraphQLError[]) {
  const { of: errorsOf, hasOthers } = errorsOfNodes(data, errors);
  const nodes = new Map<string, KeptNode>();
  const pieces = writeJson(data, (placed) => {
    const json = bytesOfNode(placed.node);
    const itsErrors = errorsOf.get(placed.node) ?? [];
    if (!hasOthers && itsErrors.every(isForGood)) nodes.set(nameOf(placed), { json, errors: itsErrors });
    return json;
  });
  return { result: asResult(data, errors, pieces ?? []), nodes };
}

function asResult(
  data: Record<string, unknown>,
  errors: readonly GraphQLError[],
  pieces: readonly Buffer[],
): WrittenResult {
  const stringify = ({ data: _, ...others }: ExecutionResult): Buffer => {
    const rest = JSON.stringify(others).slice(1);
    return Buffer.concat([Buffer.from('{"data":'), ...pieces, Buffer.from(rest === '}' ? rest : `,${rest}`)]);
  };
  return { data, ...(errors.length > 0 && { errors }), stringify };
}
