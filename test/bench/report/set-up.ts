/** What a reader must know to judge whether the others were given their due. */
export const setUp = `Every peer is one process of the same Node, with NODE_ENV=production.

- **hr-graph** as \`npm start\` runs it, live mode, defaults; LUCCA_RATE_LIMIT is raised where the emulator does not count either.
- **(b)** three OpenAPI documents, composed before the start, served by the gateway's own program. The joins are resolvers of ours:
  lists of reference data, people and members are read once for each operation, job positions and assignments in batches, and what
  does not need one another side by side. useDeduplicateRequest is on; the signature wraps the function that fetches, so that it is
  no part of what is compared. Reads of one item are left out of the documents, because composition would fetch rows of lists again
  by them. The Lucca token is asked for before the start: Mesh has no client credentials, and would lose it after 30 minutes.
- **(b) with its response cache** besides: 60 s, room for 10,000 entries, its entity index off (q02's own entities push its answer out
  otherwise), one session for all, and identical operations under way are executed once. Its documents are the closest to the
  canonical operations: no identities, no displayName, the address as a filter.
- **(c)** Yoga, Pothos, dataloaders for each operation, undici with 64 connections; batches where an API offers them, single reads side
  by side where it does not; answers the canonical documents verbatim. It keeps its token, and nothing else.
- **(b)** and **(c)** look for Ctrl Hub's people in the list of the organisation's members: those of sister organisations, whom only
  assignments name, are the people whom they get wrong. Reading all assignments instead would cost them one request more.
- Memories are warm under load: those that keep answers have been asked about each of the 200 people of q03 before.
- **(d)** sends the bytes of hr-graph's answer to the operation, whatever is asked.`;
