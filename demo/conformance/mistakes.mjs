// Runs the host with each of its mistakes, without the agent and with the fix that repairs it, and says what passes.
import path from 'node:path';
import { one } from './scenarios.mjs';

const { CONFORMANCE_OUT: out, CONFORMANCE_AGENT: agent } = process.env;

/** What repairs a mistake, and scenarios that notice it and pass then. */
const repaired = [
  ['no-resource', 'token-request-rejected', 'token-endpoint-auth-basic', 'token-endpoint-auth-none', 'token-endpoint-auth-post'],
  ['no-scope', 'insufficient-scope', 'scope-from-www-authenticate', 'scope-from-scopes-supported', 'scope-step-up'],
  ['resource-metadata-at-root', 'missing-resource-metadata', 'metadata-default', 'metadata-var1'],
  ['server-metadata-at-root', 'authorization-server-metadata-unavailable', 'metadata-var1', 'metadata-var2', 'metadata-var3'],
  ['swapped-client-auth', 'token-request-rejected', 'client-credentials-basic', 'pre-registration', 'token-endpoint-auth-post'],
  ['no-step-up', 'insufficient-scope', 'scope-step-up'],
  ['no-retry-limit', 'insufficient-scope', 'scope-retry-limit'],
];

/** Why not, and scenarios that notice the mistake. */
const irreparable = [
  ['no-pkce', 'only the host can: a browser makes the authorization request', 'basic-cimd'],
  ['resource-unchecked', 'would break a host that works', 'resource-mismatch'],
];

/** A host that does not step up is given a second chance by its user: the 401 comes then. */
const tries = { 'no-step-up': '2' };

const rows = [
  ...repaired.flatMap(([mistake, rule, ...names]) => names.map((name) => ({ mistake, rule, name: `auth/${name}` }))),
  ...irreparable.flatMap(([mistake, why, ...names]) => names.map((name) => ({ mistake, why, name: `auth/${name}` }))),
];
const start = Date.now();
await Promise.all(
  rows.map(async (row) => {
    const env = { CONFORMANCE_MISTAKE: row.mistake, CONFORMANCE_TRIES: tries[row.mistake] ?? '' };
    const label = path.join(out, 'mistakes', row.mistake);
    row.without = await one(row.name, path.join(label, 'without'), { ...env, CONFORMANCE_AGENT: '' });
    if (row.rule) {
      const fixed = { ...env, CONFORMANCE_AGENT: agent, CONFORMANCE_AGENT_OPTIONS: `autofix.${row.rule}=on` };
      row.with = await one(row.name, path.join(label, 'with'), fixed);
    }
  }),
);

const word = (result) => (result === undefined ? '-' : result.passed ? 'pass' : 'fail');
const line = (...cells) => console.log(cells.map((cell, i) => cell.padEnd([26, 37, 8, 8][i] ?? 0)).join(' '));
console.log(`${rows.length} pairs of mistake and scenario in ${((Date.now() - start) / 1000).toFixed(0)} s\n`);
line('mistake', 'scenario', 'without', 'with', 'fix');
console.log('-'.repeat(125));
const problems = [];
for (const row of rows) {
  line(row.mistake, row.name, word(row.without), word(row.with), row.rule ?? `none: ${row.why}`);
  const applied = (row.with?.log ?? []).some((event) => event['event.name'] === 'fix.applied');
  const told = (result) =>
    result.checks
      .filter((check) => ['FAILURE', 'WARNING'].includes(check.status))
      .map((check) => `${check.id}: ${check.errorMessage ?? check.description}`)
      .concat(`host says: ${result.said}`)
      .join('\n  ');
  if (row.without.passed) problems.push(`${row.mistake}, ${row.name}: the scenario does not notice it`);
  if (row.with && !row.with.passed) problems.push(`${row.mistake}, ${row.name}: not repaired\n  ${told(row.with)}`);
  if (row.with?.passed && !applied) problems.push(`${row.mistake}, ${row.name}: passes, but no fix was applied`);
}
console.log('-'.repeat(125));
console.log(problems.length === 0 ? 'As expected.' : `\n${problems.join('\n')}\n\n${problems.length} NOT as expected.`);
process.exit(problems.length === 0 ? 0 : 1);
