import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const project = join(import.meta.dirname, '../..');

/** A bounded cache of a pure function: the same tags come with every record of a directory. */
const allowed = ['src/domain/locale.ts: knownTags, of the module, changes'];

/** Assertions that switch the compiler off, and what of a module can change while the process runs. */
function faultsIn(file: string, text: string): string[] {
  const faults: string[] = [];
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    if (ts.isAsExpression(node) && switchesOff(node)) faults.push(`${file}: ${node.getText()}`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  for (const statement of source.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    const { declarationList } = statement;
    const isConstant = (declarationList.flags & ts.NodeFlags.Const) !== 0;
    for (const { name, type, initializer } of declarationList.declarations) {
      const changes =
        !isConstant || (isEmptyContainer(initializer) && !/\breadonly\b|Readonly/.test(type?.getText() ?? ''));
      if (changes) faults.push(`${file}: ${name.getText()}, of the module, changes`);
    }
  }
  return faults;
}

/** `x as never`, and `x as unknown as T`. */
const switchesOff = ({ type, expression }: ts.AsExpression): boolean =>
  type.kind === ts.SyntaxKind.NeverKeyword ||
  (ts.isAsExpression(expression) && expression.type.kind === ts.SyntaxKind.UnknownKeyword);

/** What is made empty is made to be filled. A WeakMap holds what belongs to its keys, and ends with them. */
function isEmptyContainer(value: ts.Expression | undefined): boolean {
  if (value === undefined) return false;
  if (ts.isArrayLiteralExpression(value)) return value.elements.length === 0;
  if (ts.isObjectLiteralExpression(value)) return value.properties.length === 0;
  return (
    ts.isNewExpression(value) && /^(Map|Set)$/.test(value.expression.getText()) && (value.arguments?.length ?? 0) === 0
  );
}

describe('the code that is shipped', () => {
  it('never switches the compiler off, and has no state of its own beside what it is given', async () => {
    const files = await Array.fromAsync(
      glob(['{src,schema,resolvers,release}/**/*.{ts,js}', 'bin/*.js', 'codegen.ts'], { cwd: project }),
    );
    expect(files.length).toBeGreaterThan(300);
    const faults = await Promise.all(
      files.map(async (file) => faultsIn(file, await readFile(join(project, file), 'utf8'))),
    );
    expect(faults.flat().sort()).toEqual(allowed);
  });

  it.each([
    ['const a = b as never;', 'b as never'],
    ['const a = f(b as unknown as C);', 'b as unknown as C'],
    ['let count = 0;', 'count, of the module, changes'],
    ['export const seen = new Map<string, number>();', 'seen, of the module, changes'],
    ['const rows: string[] = [];', 'rows, of the module, changes'],
  ])('would be found otherwise: %s', (text, fault) => {
    expect(faultsIn('some.ts', text)).toEqual([`some.ts: ${fault}`]);
  });

  it.each([
    'const none: readonly never[] = [];',
    'const byKey = new WeakMap<object, number>();',
    "const names = new Set(['a']);",
    'function f() { let count = 0; return ++count as number; }',
  ])('may say: %s', (text) => {
    expect(faultsIn('some.ts', text)).toEqual([]);
  });
});
