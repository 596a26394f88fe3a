import { parseEnv } from 'node:util';
import { read } from './pages.ts';

/** Every variable of .env.example, as text, unset. */
export const blankSettings: Readonly<Record<string, string>> = Object.fromEntries(
  Object.keys(parseEnv(read('.env.example').replaceAll(/^# (?=[A-Z_]+=)/gm, ''))).map((it) => [it, '']),
);
