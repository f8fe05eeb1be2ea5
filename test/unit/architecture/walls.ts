/** Who may import whom: the table in docs/architecture.md, as data. A room is a folder of `src`, `media`, or a wiring file. */
export interface Wall {
  /** Rooms, besides itself and `base`. */
  readonly rooms: readonly string[];
  /** Packages, as names or beginnings that end with `/`. */
  readonly packages: readonly string[];
}

const sdk = ['@aws-sdk/', '@smithy/'];

export const walls: Readonly<Record<string, Wall>> = {
  base: { rooms: [], packages: [] },
  core: { rooms: [], packages: ['ipaddr.js'] },
  words: { rooms: ['core'], packages: [] },
  protocol: { rooms: ['core'], packages: [] },
  packet: { rooms: ['core'], packages: [] },
  aws: { rooms: ['core'], packages: sdk },
  net: { rooms: ['core'], packages: ['agent-base', 'https-proxy-agent'] },
  ssm: { rooms: ['core'], packages: ['ws'] },
  ssh: { rooms: ['core'], packages: ['ssh2/'] },
  capture: { rooms: ['core', 'packet'], packages: [] },
  simulator: {
    rooms: ['core', 'packet'],
    packages: ['jmespath', 'just-bash', 'just-bash/', 'valibot', 'ws', 'ipaddr.js', '@smithy/'],
  },
  'simulator/protocols': { rooms: ['simulator', 'core'], packages: sdk },
  labs: { rooms: ['core', 'packet'], packages: [] },
  app: { rooms: ['core', 'packet', 'capture', 'ssm', 'labs', 'words'], packages: ['valibot'] },
  ui: { rooms: ['app', 'labs', 'capture', 'core', 'words', 'protocol'], packages: ['vscode', 'valibot'] },
  media: { rooms: ['protocol', 'packet', 'core'], packages: ['lit', 'lit/', '@vscode-elements/', 'uplot', 'uplot/'] },
};

/** Files that wire the rooms together and may know all of them; `vscode` in extension.ts only. */
export const wiring = /^src\/(extension|wireEditor|compose)\.ts$|^src\/cli\//;

/** The two ends of a data channel share its frames: format, stamps, cipher, order and timing, but not a state machine. */
export const sharedLeaves = {
  users: /^src\/simulator\/(agent\/|nodeDigests\.ts$)/,
  leaves:
    /^src\/ssm\/(frameCodec|stampedFrames|sessionCipher|reorderBuffer|retransmissionTimer|node\/nodeAesGcm|payloads\/\w+)\.ts$/,
};

/** Rooms without `node:*`, Node's globals or a clock of their own, so that an edition for the browser stays possible. */
export const portableRooms = [
  'base',
  'core',
  'words',
  'protocol',
  'packet',
  'capture',
  'labs',
  'app',
  'ssm',
  'simulator',
];

/** Their entries and transports, which stand at the edge to a host. */
export const hostEdges =
  /^src\/ssm\/node\/|^src\/simulator\/(workerEntry|workerClient|workerProtocol|loopbackServer|nodeDigests|wallClock)\.ts$|^src\/simulator\/node\//;

/** What may stand at the top of the project. */
export const topLevel = [
  ...[
    '.ci',
    '.git',
    '.github',
    '.gitattributes',
    '.gitignore',
    '.npmrc',
    '.vscode',
    '.vscodeignore',
    'CHANGELOG.md',
    'LICENSE',
  ],
  ...['README.md', 'biome.json', 'docs', 'esbuild.mjs', 'l10n', 'media', 'package-lock.json', 'package.json'],
  ...['package.nls.json', 'src', 'test', 'tsconfig.json'],
];
/** Made by tools and not under version control. */
export const unversioned = ['.vscode-test', 'dist', 'node_modules', 'out'];

/** The room of one of our files. */
export function roomOf(path: string): string {
  if (path.startsWith('media/')) return 'media';
  if (path.startsWith('src/simulator/protocols/')) return 'simulator/protocols';
  return path.split('/')[1] as string;
}
