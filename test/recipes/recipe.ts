/** One change in a file that is there already: what stands in place of a text that it has once. */
export type Edit = { file: string; of: string; to: string };

/** What a recipe of CONTRIBUTING.md comes to: files of its own, and edits elsewhere. */
export type Recipe = {
  files: Record<string, string>;
  edits: readonly Edit[];
  /** In the emulators, which have to show it: vendors do that by themselves. */
  emulator: readonly Edit[];
};

/** An edit that adds a line before or after another. */
export const before = (file: string, line: string, added: string): Edit => ({
  file,
  of: line,
  to: `${added}\n${line}`,
});
export const after = (file: string, line: string, added: string): Edit => ({ file, of: line, to: `${line}\n${added}` });
