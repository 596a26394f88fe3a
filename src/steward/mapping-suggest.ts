import { toCsv } from './csv.ts';
import { filtersIn } from './filters.ts';
import { allPages, runWithGraph } from './graph.ts';
import { suggestionHeader, suggestionRows } from './suggestion-rows.ts';

/** `mapping:suggest`: prints records that may belong to one person, as rows of a mapping file with a comment each. */

const readArgs = (args: readonly string[]) => filtersIn(args, ['missing-from', 'current']);

await runWithGraph('The suggestions', readArgs, async (graph, { missingFrom, currentOnly }) => {
  const suggestions = await allPages(
    graph,
    (page) => graph.client.linkSuggestions({ missingFrom, currentOnly, ...page }),
    (data) => data.linkSuggestions,
  );
  process.stdout.write(toCsv([suggestionHeader, ...suggestionRows(suggestions)]));
});
