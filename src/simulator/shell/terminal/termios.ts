/** A terminal's settings, by the names that stty(1) gives them. */
export interface Termios {
  readonly flags: Record<TerminalFlag, boolean>;
  readonly characters: Record<ControlCharacter, number>;
}

export type TerminalFlag = keyof typeof saneFlags;
export type ControlCharacter = keyof typeof saneCharacters;

/** What `stty sane` sets and a new pseudo terminal has. */
export const saneFlags = {
  ignbrk: false,
  brkint: true,
  ignpar: false,
  parmrk: false,
  inpck: false,
  istrip: false,
  inlcr: false,
  igncr: false,
  icrnl: true,
  ixon: true,
  ixoff: false,
  iuclc: false,
  ixany: false,
  imaxbel: true,
  iutf8: true,
  opost: true,
  olcuc: false,
  ocrnl: false,
  onlcr: true,
  onocr: false,
  onlret: false,
  isig: true,
  icanon: true,
  iexten: true,
  echo: true,
  echoe: true,
  echok: true,
  echonl: false,
  noflsh: false,
  xcase: false,
  tostop: false,
  echoprt: false,
  echoctl: true,
  echoke: true,
  flusho: false,
  extproc: false,
};

export const saneCharacters = {
  intr: 3,
  quit: 0x1c,
  erase: 0x7f,
  kill: 0x15,
  eof: 4,
  eol: 0,
  eol2: 0,
  start: 0x11,
  stop: 0x13,
  susp: 0x1a,
  rprnt: 0x12,
  werase: 0x17,
  lnext: 0x16,
  discard: 0x0f,
};

export function saneTermios(): Termios {
  return { flags: { ...saneFlags }, characters: { ...saneCharacters } };
}

/** The order and grouping in which `stty -a` prints the flags (GNU coreutils, stty.c). */
export const flagLines: readonly (readonly TerminalFlag[])[] = [
  [
    'ignbrk',
    'brkint',
    'ignpar',
    'parmrk',
    'inpck',
    'istrip',
    'inlcr',
    'igncr',
    'icrnl',
    'ixon',
    'ixoff',
    'iuclc',
    'ixany',
    'imaxbel',
    'iutf8',
  ],
  ['opost', 'olcuc', 'ocrnl', 'onlcr', 'onocr', 'onlret'],
  [
    'isig',
    'icanon',
    'iexten',
    'echo',
    'echoe',
    'echok',
    'echonl',
    'noflsh',
    'xcase',
    'tostop',
    'echoprt',
    'echoctl',
    'echoke',
    'flusho',
    'extproc',
  ],
];
