import { css, editorWorkerService, graphqlWorker, js, jsonWorker } from '@graphql-yoga/render-graphiql/graphiql';
import { type Asset, isExtension, toAsset } from './asset.ts';

/** GraphiQL of the package, split into files: the names that the page refers to, and all files. */
export type GraphiqlAssets = {
  script: string;
  style: string;
  /** By Monaco's names of the workers. */
  workers: { editorWorkerService: string; graphql: string; json: string };
  all: Asset[];
};

/** The package has nine megabytes of text: this takes half a second, and more memory than the rest of the process. */
export function graphiqlAssets(): GraphiqlAssets {
  const fonts: Asset[] = [];
  // As separate files, a browser loads only the fonts that it shows. The style sheet has six times as many.
  const sheet = css.replaceAll(/url\((["']?)data:font\/(\w+);base64,([^)"']+)\1\)/g, (whole, _, extension, base64) => {
    if (!isExtension(extension)) return whole;
    const font = toAsset('font', extension, Buffer.from(base64, 'base64'));
    fonts.push(font);
    return `url(${font.name})`;
  });
  const script = toAsset('graphiql', 'js', js);
  const style = toAsset('graphiql', 'css', sheet);
  const workers = {
    editorWorkerService: toAsset('editor-worker', 'js', editorWorkerService),
    graphql: toAsset('graphql-worker', 'js', graphqlWorker),
    json: toAsset('json-worker', 'js', jsonWorker),
  };
  return {
    script: script.name,
    style: style.name,
    workers: {
      editorWorkerService: workers.editorWorkerService.name,
      graphql: workers.graphql.name,
      json: workers.json.name,
    },
    all: [script, style, ...Object.values(workers), ...fonts],
  };
}
