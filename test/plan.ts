// Which tests run when. `npm test` runs every test/**/*.test.ts but those of `long`; CONTRIBUTING.md says when to use which.

/** For `npm run test:quick`, the inner loop: what starts no program and waits for no window, and every canonical operation. */
export const quick = [
  'test/{config,config-fleet,config-subgraph,config-values,derive-key}.test.ts',
  'test/architecture/{directory,file-length,seams,words,workflow}.test.ts',
  'test/{sandbox,upstreams}/*.test.ts',
  'test/http/!(proxy).test.ts',
  'test/graph/{contract,full-join,query-cost}.test.ts',
];

/** For `npm run test:all` alone: each takes long, and fails for reasons that other tests find sooner. */
export const long = [
  // Every fault of an upstream, a rolling restart, a minute of the soak; twenty replicas, and Redis that goes away.
  'test/chaos/*.chaos.ts',
  'test/redis/*.fleet.ts',
  // Gateways over the graph, and the operations that are generated for them.
  'test/gateways/*.test.ts',
  // The bench, for as long as it takes to see that its answers are true.
  'test/bench.test.ts',
  // The example of a front end, in a browser.
  'test/process/people/*.test.ts',
  // Packages that are built and installed, and the image.
  'test/process/installed.test.ts',
  'test/client/{package,recipes}.test.ts',
  'test/deploy/image.test.ts',
  // Companies of 20,000 people, responses of 300 MB, and what a browser loads.
  'test/across/scale.test.ts',
  'test/cache/big-company.test.ts',
  'test/security/hostile-upstreams.test.ts',
  'test/process/graphiql-weight.test.ts',
  // How `npm run generated`, which `npm test` runs, names each kind of stale file.
  'test/generated.test.ts',
  // The recipes of CONTRIBUTING.md in a copy of the project.
  'test/recipes/*.test.ts',
];

/** What `npm test` tries with a fifth of the values that are drawn, and `npm run test:all` with all. */
export const drawn = [
  'test/across/{history-independence,property,unlinked}.test.ts',
  'test/directory/{absences,likely-pairs,normal-form,property}.test.ts',
  'test/security/{fuzz,shared-answers}.test.ts',
];
