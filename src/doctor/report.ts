import packageJson from '../../package.json' with { type: 'json' };
import type { Section } from './doctor.ts';
import { describeShapes } from './shape.ts';

/** For a bug report: everything that the table shows, and how rows look. Of wrong settings, too, the shape stands for the value. */
export function reportOf(sections: readonly Section[]) {
  const shown = sections.map(({ results, ...section }) => ({
    ...section,
    results: results.map(({ found, ...result }) => ({ ...result, found: withoutQuotes(found) })),
  }));
  return { hrGraph: packageJson.version, node: process.version, platform: process.platform, sections: shown };
}

const withoutQuotes = (text: string): string =>
  text.replace(/"((?:[^"\\]|\\.)*)"/g, (_, quoted: string) => describeShapes([quoted]));
