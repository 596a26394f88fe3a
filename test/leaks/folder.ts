/** Names the folder in which a run gathers what programs and servers have said; see global-setup.ts. */
export const folderVariable = 'HR_GRAPH_EVIDENCE_FOLDER';
