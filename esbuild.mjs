// Builds everything that runs.
//
//   node esbuild.mjs [targets…] [--install] [--minify] [--watch] [--quiet] [--run FILE [arguments…]]
//
// Without targets: what the extension ships, and the command line. `--install` first runs `npm ci` when node_modules does not
// hold what the lock file says; until then only Node's own modules are imported, so that it works in a fresh clone. `--run` goes on
// as that program, in this process, so that whoever stops `npm start` stops the program and not a shell around it.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = import.meta.dirname;

/** Bundles that run in Node. A dynamic import becomes a chunk that is read when it is first needed. */
const node = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  splitting: true,
  mainFields: ['module', 'main'],
  sourcemap: true,
  // CommonJS packages inside an ES module call require() for Node's own modules.
  banner: {
    js: "import { createRequire as moduleRequire } from 'node:module'; const require = moduleRequire(import.meta.url);",
  },
};

/** just-bash loads these only for commands that no practice instance has (xz, zstd, sqlite3, js-exec). They are not shipped. */
const unusedByPracticeShell = ['node-liblzma', '@mongodb-js/zstd', 'sql.js', 'quickjs-emscripten'];

/** Compiled tests: packages stay outside, so building them takes no time. */
const tests = (folder, entryPoints) => ({
  ...node,
  packages: 'external',
  banner: {},
  entryPoints,
  outbase: 'test',
  outdir: 'out/test',
  chunkNames: `${folder}/chunks/[name]-[hash]`,
});

const pages = ['capture'];

const targets = {
  /** The extension in VS Code's extension host. */
  host: {
    ...node,
    entryPoints: ['src/extension.ts'],
    outdir: 'dist',
    chunkNames: 'chunks/[name]-[hash]',
    external: ['vscode'],
  },
  /** The practice cloud, in a worker beside the extension host. */
  worker: {
    ...node,
    entryPoints: [{ in: 'src/simulator/workerEntry.ts', out: 'practiceWorker' }],
    outdir: 'dist',
    chunkNames: 'practice/[name]-[hash]',
    external: unusedByPracticeShell,
  },
  /** The pages in webviews, with their styles and icons. */
  media: {
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'chrome128',
    sourcemap: true,
    // media/<page>/main.ts becomes dist/media/<page>.js, the styles that it imports dist/media/<page>.css.
    entryPoints: [
      ...pages.map(page => ({ in: `media/${page}/main.ts`, out: page })),
      { in: '@vscode/codicons/dist/codicon.css', out: 'codicon' },
    ],
    outdir: 'dist/media',
    assetNames: '[name]',
    loader: { '.ttf': 'file', '.svg': 'file' },
  },
  /** The command line. */
  cli: {
    ...node,
    entryPoints: ['src/cli/*.ts'],
    outdir: 'dist/cli',
    chunkNames: 'chunks/[name]-[hash]',
    // playwright-core reads its own files and @sparticuz/chromium its binary; both are for this project's folder only.
    external: [...unusedByPracticeShell, 'playwright-core', '@sparticuz/chromium'],
  },
  'test-unit': tests('unit', ['test/unit/**/*.test.ts']),
  'test-golden': tests('golden', ['test/golden/**/*.test.ts']),
  'test-page': tests('page', ['test/page/**/*.test.ts']),
  'test-workbench': tests('workbench', ['test/workbench/**/*.test.ts']),
  'test-judges': tests('judges', ['test/judges/**/*.test.ts']),
  'test-package': tests('package', ['test/package/**/*.test.ts']),
  'test-runners': tests('runners', ['test/runners/*.ts']),
  'test-shots': tests('shots', ['test/shots/*.ts']),
  'test-bench': tests('bench', ['test/bench/*.ts']),
  'test-ceiling': tests('ceiling', ['test/ceiling/*.ts']),
  /** The suite that runs inside VS Code: one file that exports run(). */
  'test-host': {
    ...node,
    format: 'cjs',
    splitting: false,
    banner: {},
    packages: 'external',
    external: ['vscode'],
    stdin: { contents: hostSuite(), resolveDir: join(root, 'test/host'), sourcefile: 'hostSuite.ts', loader: 'ts' },
    outfile: 'out/test/host.cjs',
  },
};
const shipped = ['host', 'worker', 'media', 'cli'];

/** A module that loads every test file, or those of which TEST_PATTERN is a part of the name, once mocha's globals exist. */
function hostSuite() {
  const folder = join(root, 'test/host');
  const all = existsSync(folder) ? readdirSync(folder).filter(name => name.endsWith('.test.ts')) : [];
  const files = all.filter(name => name.includes(process.env.TEST_PATTERN ?? ''));
  const loads = files.map(name => `require('./${name}');`).join(' ');
  return `import { runSuite } from '../support/hostSuite'; export const run = () => runSuite(() => { ${loads} });`;
}

/**
 * Marks each top-level schema array of an AWS SDK client as a pure call, so that the schemas of operations that are not used are
 * left out (aws/aws-sdk-js-v3#7607). Nothing else about the module changes.
 */
export function markSchemasPure(source) {
  return source.replace(
    /^((?:export )?(?:var|const) [\w$]+ = )(\[-?\d[\s\S]*?\]);$/gm,
    (_, declaration, array) => `${declaration}/* @__PURE__ */ (() => ${array})();`,
  );
}

/**
 * What ssh2 asks for and a shell never needs, with what it is given instead: measuring the processor, encrypted private keys, file transfer,
 * and, which look for files beside themselves, agents and ChaCha20-Poly1305 in WebAssembly. They are not shipped.
 */
const unusedBySecureShell = {
  'cpu-features': '{}',
  'bcrypt-pbkdf': '{}',
  './protocol/SFTP.js': '{}',
  './agent.js': '{ isAgent: () => false }',
  './crypto/poly1305.js': 'async () => ({ _malloc() {}, cwrap() {} })',
};

const leanSecureShell = {
  name: 'lean-secure-shell',
  setup(build) {
    build.onResolve(
      { filter: /^(?:cpu-features|bcrypt-pbkdf|.*\/(?:SFTP|agent|poly1305)\.js)$/ },
      ({ path, importer }) => (/[\\/]ssh2[\\/]/.test(importer) ? { path, namespace: 'unused' } : undefined),
    );
    build.onLoad({ filter: /.*/, namespace: 'unused' }, ({ path }) => ({
      contents: `module.exports = ${unusedBySecureShell[path]};`,
    }));
  },
};

const pureSchemas = {
  name: 'pure-schemas',
  setup(build) {
    build.onLoad({ filter: /[\\/]@aws-sdk[\\/].*[\\/]schemas_\d+\.js$/ }, ({ path }) => ({
      contents: markSchemasPure(readFileSync(path, 'utf8')),
      loader: 'js',
    }));
  },
};

const writtenErrorClass = new RegExp(
  [
    /^export class (\w+) extends __BaseException \{/,
    / {4}static shapeId = ("[^"]+");/,
    / {4}name = "\1";/,
    / {4}\$fault = ("client"|"server");/,
    /((?: {4}\w+;\n)*) {4}constructor\(opts\) \{/,
    / {8}super\(\{/,
    / {12}name: "\1",/,
    / {12}\$fault: \3,/,
    / {12}\.\.\.opts,/,
    / {8}\}\);/,
    / {8}Object\.setPrototypeOf\(this, \1\.prototype\);/,
    /(?: {8}this\.(\w+) = opts\.\5;\n)* {4}\}/,
    /\}$/,
  ]
    .map(line => line.source)
    .join('\\n'),
  'gm',
);

/** Lets one function make the error classes that an AWS SDK client writes out one by one. */
export function shareErrorClasses(source) {
  const shared = source.replace(writtenErrorClass, (_, name, shapeId, fault, members) => {
    const facts = [`"${name}"`, fault, shapeId, JSON.stringify(members.match(/\w+/g) ?? [])];
    return `export const ${name} = /* @__PURE__ */ sdkErrorClass(__BaseException, ${facts.join(', ')});`;
  });
  return `import { sdkErrorClass } from ${JSON.stringify(join(root, 'src/aws/sdkErrorClass'))};\n${shared}`;
}

const sharedErrorClasses = {
  name: 'shared-error-classes',
  setup(build) {
    build.onLoad({ filter: /[\\/]@aws-sdk[\\/]client-[\w-]+[\\/]dist-es[\\/]models[\\/]errors\.js$/ }, ({ path }) => ({
      contents: shareErrorClasses(readFileSync(path, 'utf8')),
      loader: 'js',
    }));
  },
};

/** Lets the AWS SDK read plain XML by our reader, which is several times faster, and all other XML by its own. */
const plainXml = {
  name: 'plain-xml',
  setup(build) {
    build.onLoad({ filter: /[\\/]@aws-sdk[\\/]xml-builder[\\/].*[\\/]xml-parser\.js$/ }, ({ path }) => {
      const reader = JSON.stringify(join(root, 'src/aws/readPlainXml'));
      const entrance = 'export function parseXML(xml) {';
      const source = readFileSync(path, 'utf8');
      if (!source.includes(entrance)) throw new Error(`${path} no longer has "${entrance}"`);
      const contents = source.replace(
        entrance,
        `${entrance} const plain = readPlainXml(xml); if (plain) return plain;`,
      );
      return { contents: `import { readPlainXml } from ${reader};\n${contents}`, loader: 'js' };
    });
  },
};

/** Our smallest part of the SDK; everything that two services share is in what it needs, and every scope asks STS who it is. */
const sdkCore = join(root, 'src/aws/services/sts');
const ofSdk = /[\\/]node_modules[\\/]@(?:aws-sdk|smithy|aws)[\\/]/;

/**
 * Lets each lazy part import what is loaded by then: the SDK's parts the core of the SDK, and in the host all parts what stands behind the
 * commands. All that this needs then is needed by every part, so that esbuild puts it into one file instead of one for each set of parts
 * that share it: finding and opening files is much of what loading costs.
 */
function fewChunks({ isHost }) {
  const loadedBefore = (path, importer) => [
    ...(isHost && importer.startsWith(join(root, 'src')) ? [join(root, 'src/wireEditor')] : []),
    ...(ofSdk.test(importer) || path.startsWith(join(root, 'src/aws/services')) ? [sdkCore] : []),
  ];
  return {
    name: 'few-chunks',
    setup(build) {
      build.onResolve({ filter: /./ }, async ({ kind, importer, path: source, resolveDir, pluginData }) => {
        if (kind !== 'dynamic-import' || pluginData === 'lazy') return undefined;
        const { path, external } = await build.resolve(source, { kind, importer, resolveDir, pluginData: 'lazy' });
        const before = external ? [] : loadedBefore(path, importer);
        return before.length > 0 ? { path, namespace: 'lazy', pluginData: before } : undefined;
      });
      build.onLoad({ filter: /./, namespace: 'lazy' }, ({ path, pluginData: before }) => {
        const imports = before.map(file => `import ${JSON.stringify(file)};`).join(' ');
        return { contents: `${imports} export * from ${JSON.stringify(path)};`, resolveDir: root };
      });
    },
  };
}

/** Builds other entry points as the host is built, minified, for measuring and comparing; resolves with the bytes that were written. */
export async function buildLikeHost(entryPoints, outdir) {
  const esbuild = await import('esbuild');
  const { metafile } = await esbuild.build({
    ...node,
    absWorkingDir: root,
    entryPoints,
    outdir,
    chunkNames: 'chunks/[name]-[hash]',
    external: ['vscode'],
    sourcemap: false,
    minify: true,
    legalComments: 'none',
    metafile: true,
    logLevel: 'error',
    plugins: [fewChunks({ isHost: false }), leanSecureShell, pureSchemas, sharedErrorClasses, plainXml],
  });
  return Object.values(metafile.outputs).reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Removes what an earlier build left in a target's own folder: chunks carry a hash in their names, and tests get deleted. */
function removeStale(name, outputs) {
  const folder =
    { host: 'dist/chunks', worker: 'dist/practice', cli: 'dist/cli' }[name] ?? name.replace('test-', 'out/test/');
  if (!folder.includes('/') || !existsSync(join(root, folder))) return;
  for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
    const file = relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/');
    if (entry.isFile() && !(file in outputs)) rmSync(join(root, file), { force: true });
  }
}

/** The licences of the packages whose code is in these bundles, as their authors ask. */
function writeNotices(metafiles) {
  const inputs = metafiles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap(output => Object.keys(output.inputs)),
  );
  const files = inputs.filter(path => !path.startsWith('lazy:'));
  const folders = new Set(files.flatMap(path => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []));
  const notices = [...folders].sort().map(folder => {
    const { name, version, license, licenses } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const file = readdirSync(join(root, folder)).find(entry => /^(licen[sc]e|copying)/i.test(entry));
    return `${name} ${version} (${license ?? licenses.map(({ type }) => type).join(', ')})\n\n${file ? readFileSync(join(root, folder, file), 'utf8').trim() : ''}\n`;
  });
  writeFileSync(join(root, 'dist/ThirdPartyNotices.txt'), notices.join(`\n${'-'.repeat(80)}\n\n`));
}

/** Prints what an editor's problem matcher reads: start, end, and `file:line:column: error: text`. */
function reporter(name, { isWatching, isQuiet }) {
  return {
    name: 'reporter',
    setup(build) {
      let startedMs = 0;
      build.onStart(() => {
        startedMs = Date.now();
        if (isWatching) console.error(`[${name}] build started`);
      });
      build.onEnd(result => {
        for (const kind of ['errors', 'warnings']) {
          for (const { text, location } of result[kind]) {
            const place = location ? `${location.file}:${location.line}:${location.column + 1}` : 'esbuild.mjs:1:1';
            console.error(`${place}: ${kind === 'errors' ? 'error' : 'warning'}: ${text}`);
          }
        }
        if (result.metafile) removeStale(name, result.metafile.outputs);
        if (isWatching || !isQuiet) console.error(`[${name}] build finished in ${Date.now() - startedMs} ms`);
      });
    },
  };
}

/** Whether node_modules holds what the lock file says, as far as names and versions tell. */
function isInstalled() {
  try {
    const locked = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
    const installed = JSON.parse(readFileSync(join(root, 'node_modules/.package-lock.json'), 'utf8')).packages;
    return Object.entries(locked).every(([path, { version, optional }]) => {
      if (path === '') return true;
      return installed[path] ? installed[path].version === version : optional === true;
    });
  } catch {
    return false;
  }
}

/** Runs `npm ci` when it is needed; false when it failed. */
export function install() {
  if (isInstalled()) return true;
  console.error('Installing the packages that package-lock.json names …');
  const attempt = () =>
    spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: root,
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
    });
  // A registry that hiccups once is no reason to fail.
  if (attempt().status === 0 || attempt().status === 0) return true;
  console.error('npm ci failed. It needs the npm registry once; what it printed above says why it could not reach it.');
  return false;
}

/** Builds the targets; true when all went well. In watch mode it goes on building. */
async function build(names, options) {
  const esbuild = await import('esbuild');
  const contexts = await Promise.all(
    names.map(name =>
      esbuild.context({
        ...targets[name],
        absWorkingDir: root,
        minify: options.isMinified,
        ...(options.isMinified ? { sourcemap: false, legalComments: 'none' } : {}),
        metafile: true,
        logLevel: 'silent',
        plugins: [
          fewChunks({ isHost: name === 'host' }),
          leanSecureShell,
          pureSchemas,
          sharedErrorClasses,
          plainXml,
          reporter(name, options),
        ],
      }),
    ),
  );
  if (options.isWatching) {
    await Promise.all(contexts.map(context => context.watch()));
    return true;
  }
  const outcomes = await Promise.allSettled(contexts.map(context => context.rebuild()));
  await Promise.all(contexts.map(context => context.dispose()));
  await esbuild.stop();
  const isBuilt = outcomes.every(outcome => outcome.status === 'fulfilled');
  if (isBuilt && options.isMinified) writeNotices(outcomes.map(outcome => outcome.value.metafile));
  return isBuilt;
}

/** npm ends on SIGTERM without telling its child: a program of ours then ends as if it had been told. */
export function endWithParent() {
  const parent = process.ppid;
  const watch = () => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  };
  const timer = setInterval(watch, 1_000).unref();
}

async function runProgram(file, args) {
  endWithParent();
  const path = join(root, file);
  process.argv = [process.argv[0], path, ...args];
  await import(pathToFileURL(path).href);
}

async function main(args) {
  const [own, program] = args.includes('--run')
    ? [args.slice(0, args.indexOf('--run')), args.slice(args.indexOf('--run') + 1)]
    : [args, []];
  const names = own.filter(argument => !argument.startsWith('--'));
  const unknown = names.find(name => !(name in targets));
  if (unknown) throw new Error(`No target is called ${unknown}; there are ${Object.keys(targets).join(', ')}.`);
  const isReady = !own.includes('--install') || install();
  const isBuilt =
    isReady &&
    (await build(names.length > 0 ? names : shipped, {
      isWatching: own.includes('--watch'),
      isQuiet: own.includes('--quiet'),
      isMinified: own.includes('--minify'),
    }));
  if (!isBuilt) process.exitCode = 1;
  else if (program.length > 0) await runProgram(program[0], program.slice(1));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await main(process.argv.slice(2));
