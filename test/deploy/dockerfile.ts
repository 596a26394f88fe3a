import { cpSync, mkdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';

type Instruction = { name: string; text: string };

/** Each instruction by one line: comments are left out, and lines that go on behind a backslash are joined. */
const instructionsOf = (dockerfile: string): Instruction[] =>
  dockerfile
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .flatMap((line) => {
      const [, name, text] = /^([A-Z]+) (.+)$/.exec(line.trim()) ?? [];
      return name === undefined || text === undefined ? [] : [{ name, text }];
    });

export type Image = {
  /** What stands for the root of its file system. */
  root: string;
  workdir: string;
  env: Record<string, string>;
  user: string | null;
  command: string[];
  healthCheck: string[];
};

export type BuildOptions = {
  /** Where COPY takes files from. */
  context: string;
  /** An empty one, for the stages. */
  folder: string;
  run(command: string, cwd: string): Promise<void>;
};

const words = z.array(z.string());
const argumentsIn = (text: string): string[] => words.parse(JSON.parse(text.slice(text.indexOf('['))));

/** Does on this machine what a build does. Throws for an instruction that it does not know. */
export async function build(dockerfile: string, { context, folder, run }: BuildOptions): Promise<Image> {
  const stages = new Map<string, string>();
  let image: Image | null = null;
  for (const { name, text } of instructionsOf(dockerfile)) {
    if (name === 'FROM') {
      const root = join(folder, String(stages.size));
      stages.set(/ AS (\S+)$/.exec(text)?.[1] ?? String(stages.size), root);
      image = { root, workdir: '/', env: {}, user: null, command: [], healthCheck: [] };
      mkdirSync(root, { recursive: true });
      continue;
    }
    if (image === null) throw new Error(`${name} stands before FROM.`);
    const cwd = join(image.root, image.workdir);
    switch (name) {
      case 'WORKDIR':
        image.workdir = resolve(image.workdir, text);
        mkdirSync(join(image.root, image.workdir), { recursive: true });
        break;
      case 'COPY':
        copy(text, context, stages, cwd);
        break;
      case 'RUN':
        await run(text, cwd);
        break;
      case 'ENV':
        for (const [, key = '', value = ''] of text.matchAll(/(\w+)=(\S+)/g)) image.env[key] = value;
        break;
      case 'USER':
        image.user = text;
        break;
      case 'CMD':
        image.command = argumentsIn(text);
        break;
      case 'HEALTHCHECK':
        image.healthCheck = argumentsIn(text);
        break;
      case 'EXPOSE':
        break;
      default:
        throw new Error(`${name} is no instruction that is known here.`);
    }
  }
  if (image === null) throw new Error('There is no FROM.');
  return image;
}

/** Of a folder, COPY takes what is in it; several sources come into the one target. */
function copy(text: string, context: string, stages: Map<string, string>, cwd: string): void {
  const [, stage, rest = ''] = /^(?:--from=(\S+) )?(.+)$/.exec(text) ?? [];
  const from = stage === undefined ? context : z.string().parse(stages.get(stage));
  const paths = rest.split(' ');
  const target = resolve(cwd, paths.pop() ?? '.');
  for (const path of paths) {
    const source = join(from, path);
    const isFile = statSync(source).isFile();
    cpSync(source, isFile ? join(target, path) : target, { recursive: true });
  }
}
