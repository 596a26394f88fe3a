import { type Finding, note, ok, trouble, unchecked } from '../finding.ts';
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

/** Whether the keys that employees hold are those of grades and jobs: codes of another kind would lead nowhere. */
export function findReferences({ raw }: Sample, lists: Record<Kind, Sample>): Finding {
  const told: string[] = [];
  let [isBroken, isOdd] = [false, false];
  for (const kind of kinds) {
    const { raw: known, total, received } = lists[kind];
    const held = raw.flatMap((row) => [at(row, `${kind}ExternalKey`), at(row, `${kind}CdExternalKey`)]).filter(isKey);
    if (held.length === 0 || received === 0 || total === null || total > received) continue;
    const keys = new Set(known.map((row) => String(at(row, 'externalKey'))));
    const leading = held.filter((key) => keys.has(String(key))).length;
    told.push(`${leading} of ${held.length} keys of a ${kind}`);
    isOdd ||= leading < held.length;
    isBroken ||= leading === 0;
  }
  if (told.length === 0) return unchecked('no keys to look up, or lists of more than a page');
  const found = `${told.join(' and ')} are in the lists`;
  if (isBroken) return trouble(`${found}.`, 'Nobody is shown with one so. Report this with --json.');
  if (isOdd)
    return note(`${found}.`, 'The others are shown without: their grade or job was deleted, or has no externalKey.');
  return ok(found);
}

const isKey = (value: unknown): boolean =>
  (typeof value === 'string' && value.trim() !== '') || typeof value === 'number';
const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;
