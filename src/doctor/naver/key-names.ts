import { type Finding, note, ok, trouble, unchecked } from '../finding.ts';
import { at, type Sample } from '../sample.ts';
import { describeShapes, shownName } from '../shape.ts';

type Kind = 'grade' | 'job';

const kinds: readonly Kind[] = ['grade', 'job'];

/**
 * Finds the names under which employees have the keys of their grade and job. NAVER's documents contradict themselves, so a
 * tenant's responses decide. The graph understands both pairs of names.
 */
export function findKeyNames({ raw }: Sample): Finding {
  if (raw.length === 0) return unchecked('no employee was received');
  const findings = kinds.map((kind) => findKind(raw, kind));
  const odd = findings.find(({ level }) => level !== 'ok');
  return odd ?? ok(findings.map(({ found }) => found).join(', '));
}

function findKind(raw: readonly unknown[], kind: Kind): Finding {
  const [plain, other] = [`${kind}ExternalKey`, `${kind}CdExternalKey`];
  const present = [plain, other].filter((name) => raw.some((row) => isKey(at(row, name))));
  const objects = [plain, other].filter((name) => raw.some((row) => isObject(at(row, name))));
  if (objects.length > 0) {
    const shapes = describeShapes(raw.map((row) => at(row, objects[0] ?? plain)));
    const found = `${objects[0]} is not always text: ${shapes}.`;
    return note(found, `These employees have no ${kind} in the graph. Report this with --json.`);
  }
  if (present.length === 2) {
    const isSame = raw.every((row) => String(at(row, plain)) === String(at(row, other)));
    if (isSame) return ok(`${plain} and ${other}, which agree`);
    const advice = `hr-graph reads ${plain}: nothing to change if that one is right, else report this with --json.`;
    return note(`Employees have ${plain} and ${other} with different values.`, advice);
  }
  if (present[0] !== undefined) return ok(present[0]);
  const similar = [...new Set(raw.flatMap((row) => Object.keys(Object(row))))].filter(
    (name) => new RegExp(kind, 'i').test(name) && name !== plain && name !== other,
  );
  if (similar.length > 0) {
    const found = `No employee has ${plain} or ${other}, but there is ${similar.map(shownName).join(', ')}.`;
    return note(
      found,
      `So nobody has a ${kind} in the graph. Report this with --json: the name differs from the documents.`,
    );
  }
  const advice = `If employees should have one, link them to the ${kind} under Developers > organization linkage in WORKPLACE.`;
  return note(`No employee has a ${kind}: neither ${plain} nor ${other}.`, advice);
}

/** Checks that the keys of employees are keys of grades and jobs. Keys of another kind would match nothing. */
export function findReferences({ raw }: Sample, lists: Record<Kind, Sample>): Finding {
  const lines: string[] = [];
  let [isBroken, isOdd] = [false, false];
  for (const kind of kinds) {
    const { raw: known, total, received } = lists[kind];
    const present = raw
      .flatMap((row) => [at(row, `${kind}ExternalKey`), at(row, `${kind}CdExternalKey`)])
      .filter(isKey);
    if (present.length === 0 || received === 0 || total === null || total > received) continue;
    const keys = new Set(known.map((row) => String(at(row, 'externalKey'))));
    const leading = present.filter((key) => keys.has(String(key))).length;
    lines.push(`${leading} of ${present.length} keys of a ${kind}`);
    isOdd ||= leading < present.length;
    isBroken ||= leading === 0;
  }
  if (lines.length === 0) return unchecked('there are no keys to look up, or the lists have more than one page');
  const found = `${lines.join(' and ')} are in the lists`;
  if (isBroken) return trouble(`${found}.`, 'So hr-graph cannot show them. Report this with --json.');
  if (isOdd)
    return note(
      `${found}.`,
      'hr-graph shows the other employees without one: their grade or job was deleted, or has no externalKey.',
    );
  return ok(found);
}

const isKey = (value: unknown): boolean =>
  (typeof value === 'string' && value.trim() !== '') || typeof value === 'number';
const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;
