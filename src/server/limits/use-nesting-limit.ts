import type { Plugin } from 'graphql-yoga';
import { maxNesting } from './limits.ts';
import { tooComplex } from './too-complex.ts';

/** Rejects variables and extensions that are nested so deeply that recursive code would overflow the stack. */
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
  return levels === 0 || Object.values(value).some((member) => isDeeper(member, levels - 1));
}
