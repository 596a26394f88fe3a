import { readFileSync } from 'node:fs';
import { reasonOf } from '../config/identity-settings.ts';
import { type ParsedMapping, parseMapping, placed } from '../identity/mapping-file.ts';
import { checkMapping, type Finding } from './check-mapping.ts';
import { allPages, runWithGraph } from './graph.ts';

/** `mapping:check`: prints the problems of a mapping file, one line each. Exits with code 1 if there are faults. */

await runWithGraph('The check', read, async (graph, parsed) => {
  const wrong = parsed.problems.map(({ number, message }) => ({ number, message, isFault: true }));
  const linked = await allPages(
    graph,
    (page) => graph.client.linkedRecords(page),
    (data) => data.employees,
  );
  const unlinked = await allPages(
    graph,
    (page) => graph.client.unlinkedRecords(page),
    (data) => data.unlinkedPeople,
  );
  const findings = [...wrong, ...checkMapping(parsed.rows, [...linked, ...unlinked])];
  process.stdout.write(linesOf(findings, parsed));
  if (findings.some(({ isFault }) => isFault)) process.exitCode = 1;
});

function read([path, ...others]: readonly string[]): ParsedMapping {
  if (path === undefined || others.length > 0) throw new Error('expected the path of one mapping file');
  try {
    return parseMapping(readFileSync(path));
  } catch (error) {
    throw new Error(`expected a mapping file, got ${reasonOf(error)}`);
  }
}

type Line = Omit<Finding, 'number'> & { number: number | null };

function linesOf(findings: readonly Line[], parsed: ParsedMapping): string {
  const inOrder = findings.toSorted((a, b) => (a.number ?? 0) - (b.number ?? 0));
  const countOf = (isFault: boolean) =>
    new Set(findings.filter((finding) => finding.isFault === isFault).map(({ number }) => number)).size;
  const rows = new Set([...parsed.rows, ...parsed.problems].map(({ number }) => number)).size;
  const summary = `${rows} ${parsed.rowName}s: ${countOf(true)} with faults, ${countOf(false)} without effect`;
  return [...inOrder.map((line) => placed(line, parsed)), summary, ''].join('\n');
}
