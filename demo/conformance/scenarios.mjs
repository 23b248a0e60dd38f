// Runs scenarios of the suite, each in a process of its own, and reads what they found.
import { spawn } from 'node:child_process';
import { mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';

const suite = process.env.CONFORMANCE_SUITE;
const patience = 60_000;

/** Runs the suite's command line; resolves with exit code and output. */
function conformance(args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', './loopback.mjs', suite, ...args], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (data) => (output += data));
    child.stderr.on('data', (data) => (output += data));
    child.on('error', reject);
    child.on('close', (exit) => resolve({ exit, output }));
  });
}

/** The names of all scenarios for authorization, of whatever version of the specification. */
export async function known() {
  const { output } = await conformance(['list'], {});
  return [...output.matchAll(/^\s*- (auth\/\S+)/gm)].map((match) => match[1]);
}

/** Runs the named scenarios and returns a map from name to result. */
export async function run(names, out, env) {
  const results = new Map();
  await Promise.all(names.map(async (name) => results.set(name, await one(name, out, env))));
  return results;
}

let free = availableParallelism() + 1;
const waiting = [];

/** Does something as soon as it is its turn: a few processes at a time. */
async function inTurn(action) {
  if (free > 0) free--;
  else await new Promise((resolve) => waiting.push(resolve));
  try {
    return await action();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else free++;
  }
}

/** Runs one scenario, what it leaves behind goes to a folder. */
export const one = (name, out, env) => inTurn(() => started(name, out, env));

async function started(name, out, env) {
  await rm(path.join(out, name), { recursive: true, force: true });
  await rm(path.join(out, `${name}.jsonl`), { force: true });
  await mkdir(path.join(out, 'auth'), { recursive: true });
  const folder = path.join(out, name);
  const { exit, output } = await conformance(
    ['client', '--command', './client', '--scenario', name, '--timeout', String(patience), '-o', folder],
    { ...env, CONFORMANCE_OUT: out },
  );
  const saved = (await readdir(path.join(folder, 'auth')).catch(() => []))[0];
  const read = (file) => (saved ? readFile(path.join(folder, 'auth', saved, file), 'utf8').catch(() => undefined) : undefined);
  return {
    passed: exit === 0,
    output,
    checks: JSON.parse((await read('checks.json')) ?? '[]'),
    said: ((await read('stdout.txt')) ?? '').trim(),
    log: await events(path.join(out, `${name}.jsonl`)),
  };
}

/** The agent's log, or undefined where there is none. */
async function events(file) {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text?.trimEnd().split('\n').map((line) => JSON.parse(line));
}
