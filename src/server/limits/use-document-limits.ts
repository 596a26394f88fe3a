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
 * Refuses large documents: by tokens while they are parsed, by shape before they are validated, since some rules of
 * validation take their time with them. Own code, because GraphQL Armor's rules throw from inside the validation, which
 * Yoga answers with 200 and without a code, and know no root fields.
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

/** Of the bare text; nobody writes so many open brackets into a comment or a value either. */
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

/** The parser tells what it found in place of what it expected: a text or a number may be somebody's. */
const withoutText = (message: string): string => message.replace(/(String|BlockString|Int|Float) ".*"/s, '$1');
