import type { ExecutionResult, GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Viewer } from '../../../resolvers/context.ts';
import { explainScope, isGranted } from '../../domain/scopes.ts';
import type { Planner } from '../execution/plan-of.ts';
import { measuresOf } from '../limits/measures.ts';
import { refusal } from '../refusal.ts';
import type { OperationRecord } from '../telemetry/operation-record.ts';
import { reportOf } from '../telemetry/operation-report.ts';
import { type Explanation, explainHeader } from './explanation.ts';

/** `isExplained`: the operation runs for its caller alone, and its answer serves nobody else. */
export type ExplainContext = { viewer: Viewer; request: Request; record?: OperationRecord; isExplained?: boolean };

/**
 * Adds `extensions.explain` to the answers of callers who may have it and ask for it. It names templates of paths, lists
 * and codes: nothing that anybody has asked for, and nobody.
 */
export function useExplain(planOf: Planner): Plugin<ExplainContext> {
  return {
    onExecute: ({ args, extendContext, setResultAndStopExecution }) => {
      const { request, viewer, record }: ExplainContext = args.contextValue;
      const asked = request.headers.get(explainHeader)?.trim() ?? '0';
      if (asked === '0' || record === undefined) return;
      const problem = problemWith(asked, viewer);
      if (problem !== null) return setResultAndStopExecution({ errors: [problem] });
      extendContext({ isExplained: true });
      return {
        onExecuteDone: ({ result, setResult }) => {
          if (Symbol.asyncIterator in result) return;
          const explain = explanationOf(result, record, () => measuresOf(args, planOf));
          setResult({ ...result, extensions: { ...result.extensions, explain } });
        },
      };
    },
  };
}

function problemWith(asked: string, viewer: Viewer): GraphQLError | null {
  if (asked !== '1') {
    return refusal(`${explainHeader}: expected 1, or no such header.`, { code: 'BAD_USER_INPUT', status: 400 });
  }
  if (isGranted(viewer.scopes, explainScope)) return null;
  const details = { scope: explainScope };
  return refusal(`${explainHeader} takes the scope ${explainScope}.`, { code: 'FORBIDDEN', status: 403, details });
}

/** The answer is written once more than it has to be, to see how long that takes. */
function explanationOf(result: ExecutionResult, record: OperationRecord, measures: () => Explanation['cost']) {
  const startedAt = performance.now();
  JSON.stringify(result);
  const serialisationMs = Math.round((performance.now() - startedAt) * 10) / 10;
  const { phases, ...report } = reportOf(record);
  return { ...report, phases: { ...phases, serialisationMs }, cost: measures() } satisfies Explanation;
}
