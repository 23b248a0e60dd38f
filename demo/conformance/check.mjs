// Has `check <url>` judge servers that others wrote: those of the conformance suite's scenarios, the reference server
// of MCP, and the MCP TypeScript SDK's example with its authorization server. Each has the verdict that a person would
// give: exit code and rules.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { freePort, ready } from './servers.mjs';

const { CONFORMANCE_OUT: out, CONFORMANCE_AGENT: agent, CONFORMANCE_JAVA: java, CONFORMANCE_SUITE: suite } = process.env;
const { CONFORMANCE_REFERENCE: reference, CONFORMANCE_EXAMPLE: example } = process.env;
const loopback = new URL('loopback.mjs', import.meta.url).href;

/** Scenarios whose servers a strict client without a credential cannot log in to; all others are in order. */
const verdicts = {
  'auth/pre-registration': [1, 'client-registration-unavailable'],
  'auth/2025-03-26-oauth-metadata-backcompat': [1, 'missing-resource-metadata'],
  'auth/2025-03-26-oauth-endpoint-fallback': [1, 'missing-resource-metadata'],
  'auth/resource-mismatch': [1, 'resource-mismatch'],
};

/** What a check said, from its JSON. */
function read(file) {
  const report = JSON.parse(fs.readFileSync(file, 'utf8'));
  const findings = report.servers.flatMap((server) => server.findings);
  const rules = findings.filter((each) => each['mcpauth.severity'] !== 'note').map((each) => each['mcpauth.rule']);
  return { verdict: report.servers[0].verdict, rules: [...new Set(rules)], steps: report.servers[0].steps };
}

async function output(command, args, env) {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  child.stderr.on('data', () => {}); // The suite's own verdicts are about a client that logs in, which a check does not.
  child.stdout.on('data', (data) => (text += data));
  const [exit] = await once(child, 'close');
  return { exit, text };
}

let failed = 0;
function tell(name, exit, said, wantedExit, wantedRules) {
  const right = exit === wantedExit && said.rules.join() === wantedRules.join();
  failed += right ? 0 : 1;
  console.log(`${right ? 'ok  ' : 'NOT '} ${name}: exit ${exit}, ${said.verdict} ${said.rules.join(' ')}`);
  if (!right) console.log(said.steps.map((step) => `       ${step.mark} ${step.stage}: ${step.text}`).join('\n'));
}

fs.mkdirSync(path.join(out, 'check'), { recursive: true });
const listed = await output(process.execPath, ['--import', loopback, suite, 'list'], {});
const chosen = process.argv.slice(2);
const all = [...listed.text.matchAll(/^\s*- (auth\/\S+)/gm)].map((match) => match[1]);
for (const name of chosen.length > 0 ? chosen : all) {
  const file = path.join(out, 'check', `${name.replaceAll('/', '-')}.json`);
  await output(process.execPath, ['--import', loopback, suite, 'client', '--command', './checker', '--scenario', name], {
    CHECK_OUT: file,
  });
  const [exit, rule] = verdicts[name] ?? [0];
  tell(name, Number(fs.readFileSync(`${file}.exit`, 'utf8')), read(file), exit, rule ? [rule] : []);
}

async function server(name, program, args, env, port) {
  const child = spawn(process.execPath, ['--import', loopback, program, ...args], {
    env: { ...process.env, ...env },
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  try {
    await ready(name, child, port);
    const { exit, text } = await output(java, ['-jar', agent, 'check', '--format', 'json', `http://localhost:${port}/mcp`], {});
    const file = path.join(out, 'check', `${name}.json`);
    fs.writeFileSync(file, text);
    tell(name, exit, read(file), 0, []);
  } finally {
    child.kill();
    await ended;
  }
}

if (chosen.length === 0) {
  const port = await freePort();
  await server('server-everything', reference, ['streamableHttp'], { PORT: String(port) }, port);
  const [mcp, auth] = [await freePort(), await freePort()];
  await server('sdk-example-with-oauth', example, ['--oauth'], { MCP_PORT: String(mcp), MCP_AUTH_PORT: String(auth) }, mcp);
}
process.exitCode = failed > 0 ? 1 : 0;
