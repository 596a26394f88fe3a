import type { Plugin } from 'graphql-yoga';
import { maxNesting } from './limits.ts';
import { tooComplex } from './too-complex.ts';

/** Refuses variables and extensions of so many levels that whatever walks through them runs out of stack. */
export function useNestingLimit(): Plugin {
  return {
    onParams: ({ params }) => {
      if (isDeeper({ variables: params?.variables, extensions: params?.extensions }, maxNesting + 1)) {
        throw tooComplex('levels of brackets in variables and extensions', maxNesting + 1, maxNesting);
      }
    },
  };
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((it) => isDeeper(it, levels - 1));
}
