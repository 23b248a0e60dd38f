// Has Mermaid itself read the drawings that `report --format mermaid` makes of the recordings, and of one that is
// hostile: a drawing that GitHub cannot render helps nobody. (HAR is held against its schema by the agent's own tests.)
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const { CONFORMANCE_OUT: out, CONFORMANCE_AGENT: agent, CONFORMANCE_JAVA: java, CONFORMANCE_MODULES: modules } = process.env;
const required = createRequire(path.join(modules, 'any.js'));
const { JSDOM } = required('jsdom');
const { window } = new JSDOM('');
Object.assign(globalThis, { window, document: window.document });
const { default: mermaid } = await import(pathToFileURL(path.join(modules, 'mermaid/dist/mermaid.core.mjs')));

const recordings = new URL('../../agent/src/test/resources/recordings/', import.meta.url).pathname;
const logs = fs.readdirSync(recordings).filter((name) => name.endsWith('.jsonl'));
fs.mkdirSync(path.join(out, 'readers'), { recursive: true });
const hostile = path.join(out, 'readers', 'hostile.jsonl');
const evil = 'end; %% note over x: y \\u001b[2J <script> --x #quot; participant ```';
fs.writeFileSync(
  hostile,
  fs.readFileSync(path.join(recordings, logs[0]), 'utf8').replaceAll('"mcp.method.name":"', `"mcp.method.name":"${evil}`),
);

let failed = 0;
for (const log of [...logs.map((name) => path.join(recordings, name)), hostile]) {
  const drawing = execFileSync(java, ['-jar', agent, 'report', '--format', 'mermaid', log], { encoding: 'utf8' });
  try {
    const { diagramType } = await mermaid.parse(drawing);
    const arrows = drawing.split('\n').filter((line) => line.includes('->>')).length;
    if (diagramType !== 'sequence' || arrows === 0) throw new Error(`no sequence, or nothing in it: ${diagramType}`);
    console.log(`ok   ${path.basename(log)}: ${arrows} arrows`);
  } catch (error) {
    failed++;
    console.log(`NOT  ${path.basename(log)}: ${error.message}`);
  }
}
process.exitCode = failed > 0 ? 1 : 0;
