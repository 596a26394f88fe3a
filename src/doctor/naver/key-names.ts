import { type Finding, note, ok, unchecked } from '../finding.ts';
import { at, type Sample } from '../sample.ts';
import { describeShapes, shownName } from '../shape.ts';

type Kind = 'grade' | 'job';

const kinds: readonly Kind[] = ['grade', 'job'];

/**
 * Under which names employees hold their grade and job: NAVER's documents and its callers disagree, and a tenant's answers
 * decide. Both pairs are understood.
 */
export function findKeyNames({ raw }: Sample): Finding {
  if (raw.length === 0) return unchecked('no employee came');
  const findings = kinds.map((kind) => findKind(raw, kind));
  const odd = findings.find(({ level }) => level !== 'ok');
  return odd ?? ok(findings.map(({ found }) => found).join(', '));
}

function findKind(raw: readonly unknown[], kind: Kind): Finding {
  const [plain, other] = [`${kind}ExternalKey`, `${kind}CdExternalKey`];
  const held = [plain, other].filter((name) => raw.some((row) => isKey(at(row, name))));
  const objects = [plain, other].filter((name) => raw.some((row) => isObject(at(row, name))));
  if (objects.length > 0) {
    const shapes = describeShapes(raw.map((row) => at(row, objects[0] ?? plain)));
    const found = `${objects[0]} is no text everywhere: ${shapes}.`;
    return note(found, `Those employees count as being without a ${kind}. Report this with --json.`);
  }
  if (held.length === 2) {
    const isSame = raw.every((row) => String(at(row, plain)) === String(at(row, other)));
    if (isSame) return ok(`${plain} and ${other}, which agree`);
    const advice = `Nothing to change if ${plain} is right: it is the one that is read. Else report this with --json.`;
    return note(`Employees hold ${plain} and ${other}, and these differ.`, advice);
  }
  if (held[0] !== undefined) return ok(held[0]);
  const similar = [...new Set(raw.flatMap((row) => Object.keys(Object(row))))].filter(
    (name) => new RegExp(kind, 'i').test(name) && name !== plain && name !== other,
  );
  if (similar.length > 0) {
    const found = `No employee holds ${plain} or ${other}; there is ${similar.map(shownName).join(', ')}.`;
    return note(found, `Nobody has a ${kind} so. Report this with --json: the name is another than documented.`);
  }
  const advice = `If somebody should: link employees to the ${kind} under Developers > organization linkage in WORKPLACE.`;
  return note(`No employee holds a ${kind}: neither ${plain} nor ${other}.`, advice);
}

const isKey = (value: unknown): boolean =>
  (typeof value === 'string' && value.trim() !== '') || typeof value === 'number';
const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;
