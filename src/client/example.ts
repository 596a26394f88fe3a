import { createHrGraphClient } from './client.ts';
import type { EmployeeSummaryFragment } from './generated/sdk.ts';

// `npm run example [-- url]` prints the first people of a running hr-graph as a table.

const url = process.argv[2] ?? 'http://localhost:4000/graphql';

try {
  const { data, errors = [] } = await createHrGraphClient({ url }).directoryPage({ first: 10, withTotal: true });
  for (const { message } of errors) process.stderr.write(`${message}\n`);
  if (data.employees === null) process.exitCode = 1;
  else printTable(data.employees.nodes, data.employees.totalCount ?? null);
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${url} does not respond (is hr-graph running? \`npm start\`): ${reason}\n`);
  process.exitCode = 1;
}

function printTable(people: EmployeeSummaryFragment[], totalCount: number | null): void {
  const rows = [
    ['Name', 'E-mail', 'Status', 'Job title'],
    ...people.map((person) => [person.displayName, person.email ?? '', person.status ?? '', person.jobTitle ?? '']),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => lengthOf(row[column] ?? ''))));
  for (const row of rows) {
    const cells = row.map((text, column) => text + ' '.repeat((widths[column] ?? 0) - lengthOf(text)));
    process.stdout.write(`${cells.join('  ').trimEnd()}\n`);
  }
  process.stdout.write(`${people.length} of ${totalCount ?? 'an unknown number of'} people\n`);
}

/** The number of visible characters: a combining accent does not count. */
function lengthOf(text: string): number {
  return [...new Intl.Segmenter().segment(text)].length;
}
