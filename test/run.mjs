// Runs the suites: `node test/run.mjs [suites…] [pattern] [-- mocha's options]`. Without suites: all that need nothing but npm.
// The pattern is a part of a file's path.
// The last line is `N passed, N failed`; a suite that cannot be built, crashes, runs too long or runs no test counts as a failure.
// Only Node's own modules are imported: the first step installs the packages.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { endWithParent, install } from '../esbuild.mjs';

const root = join(import.meta.dirname, '..');
const minuteMs = 60_000;

/** Each kind of test: what is built for it, the programs that are run, and how long one may take. A program without totals counts as one test. */
const suites = {
  types: {
    programs: ['tsconfig.json', 'media/tsconfig.json', 'test/walls/portable.tsconfig.json'].map(project => [
      'node_modules/typescript/bin/tsc',
      '--project',
      project,
    ]),
    limitMs: 3 * minuteMs,
  },
  lint: { programs: [['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings']], limitMs: minuteMs },
  unit: mochaSuite('unit', { limitMs: 15 * minuteMs }),
  golden: mochaSuite('golden', { limitMs: 12 * minuteMs }),
  page: mochaSuite('page', { builds: ['media'], limitMs: 10 * minuteMs }),
  hostOldest: hostSuite('oldest'),
  hostNewest: hostSuite('newest'),
  /** A browser, a server and an extension host on one busy machine: a file that fails is given a second try, which is said aloud. */
  workbench: {
    ...mochaSuite('workbench', { builds: ['host', 'worker', 'media', 'cli'], limitMs: 10 * minuteMs }),
    runsEachFile: true,
    tries: 2,
  },
  judges: mochaSuite('judges', { builds: ['worker', 'cli'], limitMs: 20 * minuteMs }),
  /** Wants the .vsix that `npm run package` makes. */
  package: mochaSuite('package', { limitMs: 6 * minuteMs }),
  desktop: {
    builds: ['host', 'worker', 'media', 'test-host', 'test-runners'],
    programs: [['out/test/runners/desktopHost.js']],
    hasTotals: true,
    limitMs: 10 * minuteMs,
  },
};
const needNothingElse = Object.keys(suites).filter(name => !['judges', 'package', 'desktop'].includes(name));

function mochaSuite(folder, { builds = [], limitMs }) {
  return { builds: [...builds, `test-${folder}`], mochaFolder: folder, hasTotals: true, limitMs };
}

function hostSuite(age) {
  return {
    builds: ['host', 'worker', 'media', 'test-host', 'test-runners'],
    programs: [['out/test/runners/npmHost.js', age]],
    hasTotals: true,
    // An extension host beside a server on a busy machine: as for the workbench.
    tries: 2,
    limitMs: 14 * minuteMs,
  };
}

/** The programs that run a folder's tests: one for all of its files, or one for each. */
function mochaPrograms({ mochaFolder: folder, runsEachFile }, pattern, options) {
  const files = existsSync(join(root, 'out/test', folder))
    ? readdirSync(join(root, 'out/test', folder), { recursive: true }).map(file => `out/test/${folder}/${file}`)
    : [];
  const wanted = files.filter(file => file.endsWith('.test.js') && (!pattern || file.includes(pattern))).sort();
  if (wanted.length === 0) return [undefined];
  const reporter = ['--reporter', 'test/support/countingReporter.cjs', '--reporter-option', 'leaks=refuse'];
  const ours = [...reporter, '--timeout', '20000', '--forbid-only'];
  const program = files => ['node_modules/mocha/bin/mocha.js', ...ours, ...options, ...files];
  return runsEachFile ? wanted.map(file => program([file])) : [program(wanted)];
}

/** Runs a program of ours with its output in view; resolves with its exit code, or with none when it ran too long. */
function run(program, limitMs, totalsFile) {
  return new Promise(resolve => {
    const child = spawn(process.execPath, ['--enable-source-maps', ...program], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, TEST_TOTALS: totalsFile },
    });
    running = child;
    const timer = setTimeout(() => {
      console.error(`Stopped: it ran for more than ${limitMs / minuteMs} minutes.`);
      child.kill('SIGKILL');
    }, limitMs);
    child.once('close', code => {
      clearTimeout(timer);
      running = undefined;
      resolve(code);
    });
  });
}

let running;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    running?.kill(signal);
    process.exit(1);
  });
}

/** The totals of one program; more than what mocha counted failed when the program itself did not end well. */
async function outcomeOf(program, suite) {
  const totalsFile = join(root, 'out', `totals-${process.pid}.json`);
  rmSync(totalsFile, { force: true });
  const code = await run(program, suite.limitMs, totalsFile);
  if (!suite.hasTotals) return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
  const totals = existsSync(totalsFile)
    ? JSON.parse(readFileSync(totalsFile, 'utf8'))
    : { passed: 0, failed: 0, skipped: 0 };
  rmSync(totalsFile, { force: true });
  const isSound = totals.failed > 0 || (code === 0 && totals.passed > 0);
  return isSound ? totals : { ...totals, failed: totals.failed + 1 };
}

/** The outcome of a program after as many tries as its suite allows; the last one counts. */
async function outcomeAfterTries(program, suite) {
  let outcome = await outcomeOf(program, suite);
  for (let tries = 1; outcome.failed > 0 && tries < (suite.tries ?? 1); tries++) {
    console.log(`\n↻ ${program.at(-1)} failed at try ${tries} and is tried again.\n`);
    outcome = await outcomeOf(program, suite);
  }
  return outcome;
}

async function runSuite(suite, pattern, options) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  if (suite.builds) {
    const built = spawnSync(process.execPath, ['esbuild.mjs', '--quiet', ...suite.builds], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, TEST_PATTERN: pattern ?? '' },
    });
    if (built.status !== 0) return { ...total, failed: 1 };
  }
  for (const program of suite.mochaFolder ? mochaPrograms(suite, pattern, options) : suite.programs) {
    if (!program) console.error('There is no such test.');
    const outcome = program ? await outcomeAfterTries(program, suite) : { passed: 0, failed: 1, skipped: 0 };
    for (const key of Object.keys(total)) total[key] += outcome[key];
  }
  return total;
}

async function main(args) {
  endWithParent();
  const separator = args.indexOf('--');
  const [own, options] = separator < 0 ? [args, []] : [args.slice(0, separator), args.slice(separator + 1)];
  const names = own.filter(argument => argument in suites);
  const pattern = own.find(argument => !(argument in suites));
  const isInstalled = install();
  mkdirSync(join(root, 'out'), { recursive: true });
  const total = { passed: 0, failed: isInstalled ? 0 : 1 };
  const lines = [];
  for (const name of isInstalled ? (names.length > 0 ? names : needNothingElse) : []) {
    console.log(`\n── ${name} ${'─'.repeat(60 - name.length)}`);
    const startedMs = Date.now();
    const { passed, failed, skipped } = await runSuite(suites[name], pattern, options);
    total.passed += passed;
    total.failed += failed;
    const seconds = ((Date.now() - startedMs) / 1000).toFixed(1);
    lines.push(
      `${name.padEnd(11)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed ${String(skipped).padStart(4)} skipped ${seconds.padStart(7)} s`,
    );
  }
  console.log(`\n${lines.join('\n')}\n`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}

await main(process.argv.slice(2));
