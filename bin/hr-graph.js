#!/usr/bin/env node
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { commands } from './commands.js';
import { runsTypeScript, suitableNode } from './node.js';
import { endWithShell, replaceProcess } from './replace-process.js';

// Runs every program of this project, on every platform and shell: `npm run <command>`. This file is JavaScript that an old
// Node understands, because npm may run on one.

const self = fileURLToPath(import.meta.url);
const root = dirname(dirname(self));
/** As `npm pack` makes it: in JavaScript, without the programs that develop or release. */
const isPackage = !existsSync(join(root, 'src/server/start.ts'));
const howToRun = isPackage ? 'npx hr-graph' : 'npm run';
const [name = '--help', ...args] = process.argv.slice(2);

process.on('uncaughtException', fail);
endWithShell();
try {
  await main();
} catch (error) {
  fail(error);
}

async function main() {
  if (['--help', '-h', 'help'].includes(name)) return print(overview());
  const command = commands[name];
  if (command === undefined || !isHere(command)) throw new Error(`expected one of ${listed().join(', ')}; see --help`);
  if (command.help !== undefined && args.some((arg) => arg === '--help' || arg === '-h')) return print(helpOf(name));
  checkArguments(command);

  const { file, fixedArgs = [], settings } = command;
  const path = pathOf(file);
  if (settings !== undefined) {
    const node = suitableNode(root);
    const flags = [...settings.flags, ...process.execArgv];
    return replaceProcess(node, [...flags, path, ...fixedArgs, ...args], { ...settings.env, ...environmentFor(node) });
  }
  if (!runsTypeScript()) {
    const node = suitableNode(root);
    return replaceProcess(node, [self, name, ...args], environmentFor(node));
  }
  process.env = environmentFor(process.execPath);
  process.argv = [process.execPath, path, ...fixedArgs, ...args];
  await import(pathToFileURL(path).href);
}

function checkArguments({ usage, help }) {
  if (help === undefined) return;
  const isKnown = (arg) => usage !== undefined && (!arg.startsWith('-') || usage.includes(arg.split('=')[0]));
  const unknown = args.find((arg) => !isKnown(arg));
  if (unknown !== undefined) throw new Error(`expected ${usage ?? 'no arguments'}, got ${unknown}; see --help`);
}

/** Puts the chosen Node first in PATH for child processes, because npm puts its own Node there. */
function environmentFor(node) {
  const { PATH = '' } = process.env;
  return { ...process.env, PATH: [dirname(node), PATH].join(delimiter) };
}

function pathOf(file) {
  return join(root, isPackage ? file.replace(/\.ts$/, '.js') : file);
}

function isHere({ file }) {
  return existsSync(pathOf(file));
}

function listed() {
  return Object.keys(commands).filter((command) => commands[command].help !== undefined && isHere(commands[command]));
}

function overview() {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const names = listed();
  const width = Math.max(...names.map((command) => command.length));
  const lines = names.map((command) => `  ${command.padEnd(width)}  ${commands[command].help.split('\n')[0]}`);
  return [
    `hr-graph ${version}`,
    '',
    isPackage ? 'npx hr-graph <command>:' : 'npm run <command>, or node bin/hr-graph.js <command>:',
    ...lines,
    '',
    'Each command has --help.',
  ].join('\n');
}

function helpOf(command) {
  const { usage = '', help } = commands[command];
  const separator = isPackage ? ' ' : ' -- ';
  return `Usage: ${howToRun} ${command}${usage === '' ? '' : `${separator}${usage}`}\n\n${help}`;
}

function print(text) {
  process.stdout.write(`${text}\n`);
}

/** Prints one message without a stack, because the cause is seldom in these files. NODE_DEBUG=hr-graph shows the stack. */
function fail(error) {
  const isMissing = error instanceof Error && error.code === 'ERR_MODULE_NOT_FOUND' && /package/.test(error.message);
  const message = error instanceof Error ? error.message : String(error);
  const shown = /\bhr-graph\b/.test(process.env.NODE_DEBUG ?? '') && error instanceof Error ? error.stack : message;
  process.stderr.write(`hr-graph ${name}: ${isMissing ? `${message.split('\n')[0]}; npm ci installs it` : shown}\n`);
  process.exit(1);
}
