/** How often a property is tried with drawn values: a fifth of it in `npm test`, all in `npm run test:all`. */
export const draws = (times: number): number =>
  process.env.HR_GRAPH_TEST_DRAWS === 'all' ? times : Math.ceil(times / 5);
