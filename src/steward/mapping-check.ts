import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { reasonOf } from '../config/identity-settings.ts';
import { type ParsedMapping, parseMapping, placed } from '../identity/mapping-file.ts';
import { effectsOf, type Finding, type FindingKind, faultsIn } from './check-mapping.ts';
import { allPages, type Graph, outcomeOf, runWithGraph } from './graph.ts';
import { KnownRecords } from './known-records.ts';
import { type Comparison, type Pair, pairsIn, RecordComparisons } from './record-comparisons.ts';

/**
 * `mapping:check`: prints the problems of a mapping file and its effects on people, one line each. Exits with code 1 for
 * faults; with `--strict` also for rows that take linked records or whose records have nothing in common.
 */

/** Far from the server's limit for one operation. */
const pairsAtOnce = 200;

await runWithGraph('The check', read, async (graph, { parsed, isStrict }) => {
  const known = new KnownRecords([
    ...(await allPages(
      graph,
      (page) => graph.client.linkedRecords(page),
      (data) => data.employees,
    )),
    ...(await allPages(
      graph,
      (page) => graph.client.unlinkedRecords(page),
      (data) => data.unlinkedPeople,
    )),
  ]);
  const faults = parsed.rows.flatMap((row) => faultsIn(row, known));
  const faulty = new Set([...parsed.problems, ...faults].map(({ number }) => number));
  const sound = parsed.rows.filter(({ number }) => !faulty.has(number));
  const comparisons = await compared(pairsIn(sound), graph);
  const findings: Line[] = [
    ...parsed.problems.map(({ number, message }) => ({ number, kind: 'FAULT' as const, message })),
    ...faults,
    ...sound.flatMap((row) => effectsOf(row, known, comparisons)),
  ];
  process.stdout.write(linesOf(findings, parsed));
  const refused: readonly FindingKind[] = isStrict ? ['FAULT', 'TAKES', 'UNLIKE'] : ['FAULT'];
  if (findings.some(({ kind }) => refused.includes(kind))) process.exitCode = 1;
});

function read(args: readonly string[]): { parsed: ParsedMapping; isStrict: boolean } {
  const { path, isStrict } = argumentsIn(args);
  try {
    return { parsed: parseMapping(readFileSync(path)), isStrict };
  } catch (error) {
    throw new Error(`expected a mapping file, got ${reasonOf(error)}`);
  }
}

function argumentsIn(args: readonly string[]): { path: string; isStrict: boolean } {
  const expected = new Error('expected the path of one mapping file, and --strict or nothing');
  try {
    const { values, positionals } = parseArgs({
      ...{ args: [...args], options: { strict: { type: 'boolean' } }, allowPositionals: true },
    });
    const [path, ...others] = positionals;
    if (path === undefined || others.length > 0) throw expected;
    return { path, isStrict: values.strict === true };
  } catch {
    throw expected;
  }
}

async function compared(pairs: readonly Pair[], { client }: Graph): Promise<RecordComparisons> {
  const results: (Comparison | null)[] = [];
  for (let start = 0; start < pairs.length; start += pairsAtOnce) {
    const part = pairs.slice(start, start + pairsAtOnce);
    const { data, errors } = await outcomeOf(client.recordComparisons({ pairs: part }));
    if (data?.recordComparisons == null) throw new Error(errors[0]?.message ?? 'the response has no comparisons');
    results.push(...data.recordComparisons);
  }
  return new RecordComparisons(pairs, results);
}

type Line = Omit<Finding, 'number'> & { number: number | null };

function linesOf(findings: readonly Line[], parsed: ParsedMapping): string {
  const inOrder = findings.toSorted((a, b) => (a.number ?? 0) - (b.number ?? 0));
  const countOf = (wanted: FindingKind) =>
    new Set(findings.filter(({ kind }) => kind === wanted).map(({ number }) => number)).size;
  const rows = new Set([...parsed.rows, ...parsed.problems].map(({ number }) => number)).size;
  const summary = [
    `${rows} ${parsed.rowName}${rows === 1 ? '' : 's'}: ${countOf('FAULT')} with faults`,
    `${countOf('TAKES')} taking linked records`,
    `${countOf('UNLIKE')} with nothing in common`,
    `${countOf('NO_EFFECT')} without effect`,
  ].join(', ');
  return [...inOrder.map((it) => placed(it, parsed)), summary, ''].join('\n');
}
