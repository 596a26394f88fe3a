import { type DocumentNode, GraphQLError, type ParseOptions, parse, type Source } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { shapeOf } from './document-shape.ts';
import {
  maxAliases,
  maxDepth,
  maxDirectives,
  maxFragments,
  maxNameLength,
  maxNesting,
  maxRootFields,
  maxTokens,
} from './limits.ts';
import { tooComplex } from './too-complex.ts';

/**
 * Rejects large documents: by tokens during parsing, and by shape before validation, because some validation rules are slow
 * for them. We do not use GraphQL Armor: its rules throw during validation, so Yoga responds with 200 and no code, and it has
 * no limit for root fields.
 */
export function useDocumentLimits(): Plugin {
  const accepted = new WeakSet<DocumentNode>();
  return {
    onParse: ({ setParseFn }) => setParseFn(parseWithinLimit),
    onValidate: ({ params: { documentAST }, setResult }) => {
      if (accepted.has(documentAST)) return;
      const problem = problemOf(documentAST);
      if (problem === null) accepted.add(documentAST);
      else setResult([problem]);
    },
  };
}

function problemOf(document: DocumentNode): GraphQLError | null {
  const { depth, aliases, directives, rootFields, fragments, nameLength } = shapeOf(document);
  if (nameLength > maxNameLength) return tooComplex('characters in a name', nameLength, maxNameLength);
  if (fragments > maxFragments) return tooComplex('fragments', fragments, maxFragments);
  if (depth > maxDepth) return tooComplex('levels of fields', depth, maxDepth);
  if (aliases > maxAliases) return tooComplex('aliases', aliases, maxAliases);
  if (directives > maxDirectives) return tooComplex('directives', directives, maxDirectives);
  if (rootFields > maxRootFields) return tooComplex('root fields', rootFields, maxRootFields);
  return null;
}

function parseWithinLimit(source: string | Source, options?: ParseOptions): DocumentNode {
  const nesting = nestingOf(typeof source === 'string' ? source : source.body);
  if (nesting > maxNesting) throw tooComplex('levels of brackets', nesting, maxNesting);
  try {
    return parse(source, { ...options, maxTokens });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    if (error.message.startsWith(tooManyTokens)) throw tooComplex('tokens', maxTokens + 1, maxTokens);
    throw new GraphQLError(withoutText(error.message), {
      source: error.source ?? null,
      positions: error.positions ?? null,
    });
  }
}

/** Counts brackets in the bare text. Comments and values count too, but no real document nests so many brackets in them. */
function nestingOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [bracket] of text.matchAll(/[[({})\]]/g)) {
    depth += '[({'.includes(bracket) ? 1 : -1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

const tooManyTokens = 'Syntax Error: Document contains more';

/** Removes literal values from a syntax error, because a text or a number may be personal data. */
const withoutText = (message: string): string => message.replace(/(String|BlockString|Int|Float) ".*"/s, '$1');
