import packageJson from '../../package.json' with { type: 'json' };
import type { Section } from './doctor.ts';
import { describeShapes } from './shape.ts';

/** The report for a bug: all that the table shows, and the shapes of rows. Values of wrong settings become shapes too. */
export function reportOf(sections: readonly Section[]) {
  const shown = sections.map(({ results, ...section }) => ({
    ...section,
    results: results.map(({ found, ...result }) => ({ ...result, found: withoutQuotes(found) })),
  }));
  return { hrGraph: packageJson.version, node: process.version, platform: process.platform, sections: shown };
}

const withoutQuotes = (text: string): string =>
  text.replace(/"((?:[^"\\]|\\.)*)"/g, (_, quoted: string) => describeShapes([quoted]));
