// Runs the demo host against the reference server of MCP, without the agent and with it: a server that others
// wrote, with nothing wrong. The host must see the same, and the agent must have nothing to say.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { freePort, ready } from './servers.mjs';

const { CONFORMANCE_OUT: out, CONFORMANCE_AGENT: agent, CONFORMANCE_REFERENCE: program } = process.env;
const name = 'reference-server';

const host = async (url, label, withAgent) => {
  const folder = path.join(out, label);
  fs.mkdirSync(folder, { recursive: true });
  const log = path.join(folder, `${name}.jsonl`);
  fs.rmSync(log, { force: true });
  const env = { ...process.env, CONFORMANCE_AGENT: withAgent, CONFORMANCE_OUT: folder, MCP_CONFORMANCE_SCENARIO: name };
  const client = spawn('./client', [url], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  client.stdout.on('data', (data) => (said += data));
  const [exit] = await once(client, 'close');
  const lines = fs.existsSync(log) ? fs.readFileSync(log, 'utf8').trim().split('\n').map((line) => JSON.parse(line)) : [];
  return { said: said.trim(), exit, lines };
};

const port = await freePort();
const loopback = new URL('loopback.mjs', import.meta.url).href;
const server = spawn(process.execPath, ['--import', loopback, program, 'streamableHttp'], {
  env: { ...process.env, PORT: String(port) },
  stdio: 'ignore',
});
const ended = once(server, 'exit');
const problems = [];
try {
  await ready('the reference server', server, port);
  const url = `http://127.0.0.1:${port}/mcp`;
  const without = await host(url, 'without', '');
  const watched = await host(url, 'with', agent);
  const of = (event, field) => watched.lines.filter((line) => line['event.name'] === event).map((line) => line[field]);
  const expect = (what, seen, wanted) => {
    const same = JSON.stringify(seen) === JSON.stringify(wanted);
    console.log(`${same ? 'ok    ' : 'FAILED'} ${what}: ${JSON.stringify(seen)}`);
    if (!same) problems.push(what);
  };
  expect('exit code without the agent', without.exit, 0);
  expect('the host says, with the agent', [watched.said, watched.exit], [without.said, without.exit]);
  expect('findings', of('finding', 'mcpauth.rule'), []);
  expect('states', of('server.state', 'mcpauth.server.state'), ['connecting', 'connected']);
  expect('trouble of the agent', [...of('agent.error', 'mcpauth.where'), ...of('agent.gap', 'mcpauth.gap.reason')], []);
  const calls = of('mcp.message', 'mcp.method.name').filter((method) => method === 'tools/call');
  expect('lines about the tool call', calls, ['tools/call', 'tools/call']);
} finally {
  server.kill();
  await ended;
}
console.log(problems.length === 0 ? '\nAs expected.' : `\n${problems.length} thing(s) NOT as expected.`);
process.exit(problems.length === 0 ? 0 : 1);
