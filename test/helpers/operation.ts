import { readFileSync } from 'node:fs';

/** A canonical operation by the name of its file in queries/, without the extension. */
export const operation = (name: string): string =>
  readFileSync(new URL(`queries/${name}.graphql`, import.meta.url), 'utf8');
