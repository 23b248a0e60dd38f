// Runs the suite without and with the agent, and says per scenario and per check what differs.
import path from 'node:path';
import { known, run } from './scenarios.mjs';

const { CONFORMANCE_OUT: out, CONFORMANCE_AGENT: agent, CONFORMANCE_MISTAKE: mistake, CONFORMANCE_AGENT_OPTIONS: options } = process.env;
const names = process.argv.length > 2 ? process.argv.slice(2) : await known();

const timed = async (label, env) => {
  const start = Date.now();
  const results = await run(names, path.join(out, label), env);
  console.log(`${label.padEnd(8)} ${names.length} scenarios in ${((Date.now() - start) / 1000).toFixed(0)} s`);
  return results;
};
const without = await timed('without', { CONFORMANCE_AGENT: '' });
const withAgent = await timed('with', { CONFORMANCE_AGENT: agent });

const count = (result, ...statuses) => result.checks.filter((check) => statuses.includes(check.status)).length;
const score = (result) =>
  `${count(result, 'SUCCESS')}/${count(result, 'SUCCESS', 'FAILURE', 'WARNING')}${result.passed ? '' : ' FAIL'}`;
const ofKind = (log, kind) => (log ?? []).filter((event) => event['event.name'] === kind);

/** Everything that the suite saw, requests included, less what changes from run to run. */
const seen = (result) =>
  [...result.checks.map((check) => `${check.status} ${check.id}: ${check.description}`), `host: ${result.said}`]
    .map((line) => line.replace(/localhost:\d+/g, 'localhost'))
    .sort();

/** The lines of one that the other lacks, repetitions counted. */
const less = (some, others) => {
  const rest = [...others];
  return some.filter((line) => {
    const at = rest.indexOf(line);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
};

// Tokens, codes, secrets and keys as the suite makes them; none of them may be in a log.
const secrets = /(test|cc)-token|test-auth-code|(client|registered|test|xaa)-secret|eyJ[\w-]+\.|PRIVATE KEY/;

/** What is wrong with the agent's own record of a scenario. */
const complaints = (log) => [
  ...(ofKind(log, 'agent.started').length === 1 ? [] : ['the agent did not start']),
  ...(ofKind(log, 'http.exchange').length > 0 ? [] : ['the agent saw no exchange']),
  ...(secrets.test(JSON.stringify(log ?? [])) ? ['there is a secret in the log'] : []),
  ...ofKind(log, 'agent.gap').map((event) => `gap: ${JSON.stringify(event)}`),
];

const row = (...cells) => console.log(cells.map((cell, i) => String(cell).padEnd([42, 12, 12, 10][i] ?? 0)).join(' '));
console.log();
row('scenario', 'without', 'with', 'result', 'findings of the agent');
console.log('-'.repeat(110));
const problems = [];
for (const name of [...names].sort()) {
  const [a, b] = [without.get(name), withAgent.get(name)];
  const lost = less(seen(a), seen(b)).map((line) => `- ${line}`);
  const gained = less(seen(b), seen(a)).map((line) => `+ ${line}`);
  const differences = [...lost, ...gained];
  const bad = complaints(b.log);
  const same = differences.length === 0;
  const fine = mistake ? !a.passed && b.passed : a.passed && b.passed && (same || options);
  const verdict = fine ? (mistake ? 'repaired' : same ? 'same' : 'passes') : same || mistake ? 'FAILED' : 'DIFFERENT';
  const rules = new Set(ofKind(b.log, 'finding').map((event) => event['mcpauth.rule']));
  row(name, score(a), score(b), bad.length > 0 ? 'AGENT' : verdict, [...rules].join(' '));
  if (!fine || bad.length > 0) {
    const failed = (label, result) =>
      result.passed
        ? []
        : [`${label}: host says: ${result.said}`].concat(
            result.checks
              .filter((check) => ['FAILURE', 'WARNING'].includes(check.status))
              .map((check) => `${label}: ${check.id}: ${check.errorMessage ?? check.description}`),
            result.checks.length > 0 ? [] : [result.output.slice(-2000)],
          );
    problems.push([name, [...bad, ...failed('without', a), ...failed('with', b), ...(mistake ? [] : differences)]]);
  }
}

const total = (results) => {
  const all = [...results.values()];
  const sum = (...statuses) => all.reduce((n, result) => n + count(result, ...statuses), 0);
  return `${all.filter((result) => result.passed).length}/${all.length} scenarios, ${sum('SUCCESS')}/${sum('SUCCESS', 'FAILURE', 'WARNING')} checks`;
};
console.log('-'.repeat(110));
console.log(`without the agent: ${total(without)}`);
console.log(`with the agent:    ${total(withAgent)}`);
for (const [name, lines] of problems) {
  console.log(`\n${name}`);
  lines.forEach((line) => console.log(`  ${line}`));
}
console.log(problems.length === 0 ? '\nAs expected.' : `\n${problems.length} scenario(s) NOT as expected.`);
process.exit(problems.length === 0 ? 0 : 1);
