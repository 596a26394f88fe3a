import { createHash } from 'node:crypto';
import { join } from 'node:path';
import ts from 'typescript';

// Lists outlive a release: in Redis, which replicas of two releases share during an upgrade, and in the directory file. A row
// that an earlier release wrote lacks the members that this one has added, and a missing member would pass for an empty
// one. So each stored type has a digest of its shape, made from the types themselves: no number has to be raised by hand.

const project = join(import.meta.dirname, '..');

/** Digests of the lists of all upstreams, by name, and of the records of the write log. */
export function storedShapes(): { lists: Record<string, string>; writes: string } {
  const config = ts.readConfigFile(join(project, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, project);
  const [listsFile, writesFile] = ['src/loaders/list-names.ts', 'src/loaders/write-record.ts'];
  const program = ts.createProgram(
    [listsFile, writesFile].map((file) => join(project, file)),
    options,
  );
  const checker = program.getTypeChecker();

  function exported(file: string, name: string): ts.Type {
    const source = program.getSourceFile(join(project, file));
    const module = source && checker.getSymbolAtLocation(source);
    const symbol = module && checker.getExportsOfModule(module).find((it) => it.name === name);
    if (symbol === undefined) throw new Error(`expected ${file} to export ${name}`);
    return checker.getDeclaredTypeOfSymbol(symbol);
  }

  const digest = (type: ts.Type) =>
    createHash('sha256')
      .update(shapeOf(type, checker, []))
      .digest('base64url')
      .slice(0, 12);
  const lists = exported(listsFile, 'Lists')
    .getProperties()
    .map((list) => [list.name, digest(checker.getTypeOfSymbol(list))] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return { lists: Object.fromEntries(lists), writes: digest(exported(writesFile, 'WriteRecord')) };
}

/** Members and their types, written out. Methods are left out: they are not stored. */
function shapeOf(type: ts.Type, checker: ts.TypeChecker, within: readonly ts.Type[]): string {
  // A type that cannot be found is `any`: its digest would never change.
  if ((type.flags & ts.TypeFlags.Any) !== 0)
    throw new Error('expected every member of a stored list to have a type, got any; run `npm run types`');
  if (within.includes(type)) return 'recursive';
  const inner = (member: ts.Type) => shapeOf(member, checker, [...within, type]);
  if (type.isUnion()) return type.types.map(inner).sort().join(' | ');
  const element = checker.isArrayLikeType(type) ? type.getNumberIndexType() : undefined;
  if (element !== undefined) return `[${inner(element)}]`;
  const isObject = (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) !== 0;
  if (!isObject || type.isClass()) return checker.typeToString(type);
  const members = type.getProperties().map((member) => {
    const memberType = checker.getTypeOfSymbol(member);
    return memberType.getCallSignatures().length > 0 ? '' : `${member.name}: ${inner(memberType)}`;
  });
  return `{ ${members.filter(Boolean).sort().join('; ')} }`;
}
