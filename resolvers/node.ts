import { type NodeType, parseNodeId } from '../src/domain/node-id.ts';
import { InputError } from '../src/errors.ts';

/** The loader's key in an id of one type. Throws an InputError that names the argument for any other text. */
export function keyOfNode(type: NodeType, id: string, argument: string): string {
  const parsed = parseNodeId(id);
  if (parsed?.type === type) return parsed.key;
  const found = parsed === null ? 'a text that is no id of this graph' : `the id of a ${parsed.type}`;
  throw new InputError(`${argument}: expected the id of a ${type}, got ${found}.`);
}
