// Has Mermaid itself read the drawings that `report --format mermaid` makes of the recordings, and of one that is
// hostile: a drawing that GitHub cannot render helps nobody. And Playwright, with the browser that is installed, reads the
// HAR and plays it to a page, which must get what was recorded. (The agent's own tests hold HAR against its schema.)
import { execFileSync, spawnSync } from 'node:child_process';
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
const all = [...logs.map((name) => path.join(recordings, name)), hostile];
for (const log of all) {
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

/** Each request of the HAR as a page makes it: the answer must be one that was recorded for it. */
async function play(browser, file) {
  const { entries } = JSON.parse(fs.readFileSync(file, 'utf8')).log;
  const context = await browser.newContext();
  await context.routeFromHAR(file, { notFound: 'abort' });
  const page = await context.newPage();
  // Playwright follows what redirects, and cannot play what had no answer.
  const whole = entries.filter(({ response }) => response.status >= 200 && (response.status < 300 || response.status >= 400));
  for (const { request } of whole) {
    const same = whole.filter((each) => each.request.url === request.url && each.request.method === request.method);
    const got = await page.evaluate(
      ([url, method, body]) => fetch(url, { method, body }).then(async (answer) => `${answer.status} ${await answer.text()}`, String),
      [request.url, request.method, request.postData?.text],
    );
    const recorded = same.map(({ response }) => `${response.status} ${response.content.text ?? ''}`);
    if (!recorded.includes(got)) throw new Error(`${request.method} ${request.url}: ${got}, not ${recorded}`);
  }
  await context.close();
  return whole.length;
}

const executablePath = ['chromium', 'chromium-browser', 'google-chrome']
  .map((name) => spawnSync('which', [name], { encoding: 'utf8' }).stdout.trim())
  .find(Boolean);
if (executablePath) {
  const { chromium } = required('playwright-core');
  // Pages from nowhere ask for what is elsewhere; and CI is root, which Chromium has no sandbox for.
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-web-security'] });
  for (const log of all) {
    const name = `${path.basename(log, '.jsonl')}.har`;
    const file = path.join(out, 'readers', name);
    try {
      fs.rmSync(file, { force: true });
      execFileSync(java, ['-jar', agent, 'report', '--format', 'har', '-o', file, log], { stdio: 'ignore' });
      const answers = await play(browser, file);
      if (answers === 0) throw new Error('nothing in it');
      console.log(`ok   ${name}: ${answers} answers`);
    } catch (error) {
      failed++;
      console.log(`NOT  ${name}: ${error.message}`);
    }
  }
  await browser.close();
} else {
  console.log('SKIPPED: HAR in Playwright, because no browser is installed');
}
process.exitCode = failed > 0 ? 1 : 0;
