/** stty(1) of GNU coreutils, for the terminal on standard input. */

import type { TerminalDevice } from '../kernel/terminalDevice';
import type { Program, Run } from '../system';
import {
  type ControlCharacter,
  flagLines,
  saneCharacters,
  saneFlags,
  type TerminalFlag,
  type Termios,
} from '../terminal/termios';
import { complain, print } from './console';

export const stty: Program = async run => {
  const args = run.args.filter(arg => arg !== '-F' && !arg.startsWith('/dev/'));
  const terminal = run.process.files.get(0)?.terminal;
  if (!terminal) return complain(run, "'standard input': Inappropriate ioctl for device");
  if (args.length === 0) return show(run, terminal, false);
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] as string;
    if (arg === '-a' || arg === '--all') await show(run, terminal, true);
    else if (arg === '-g' || arg === '--save') await print(run, `${save(terminal.termios)}\n`);
    else if (arg === 'size') await print(run, `${terminal.rows} ${terminal.columns}\n`);
    else if (arg === 'speed') await print(run, '38400\n');
    else if (isIgnoredNumber(arg)) index++;
    else {
      const characterName = arg as ControlCharacter;
      const isCharacter = characterName in saneCharacters;
      const changed = isCharacter
        ? setCharacter(terminal.termios, characterName, args[++index])
        : change(terminal.termios, arg);
      if (!changed) return complain(run, `invalid argument ‘${arg}’\nTry 'stty --help' for more information.`);
      terminal.setTermios(changed);
    }
  }
  return 0;
};

/** Sizes and minimum counts that a program on the terminal's own side cannot change here. */
function isIgnoredNumber(arg: string): boolean {
  return ['min', 'time', 'rows', 'cols', 'columns', 'line', 'ispeed', 'ospeed'].includes(arg);
}

function change(termios: Termios, arg: string): Termios | undefined {
  const flags = { ...termios.flags };
  const isOn = !arg.startsWith('-');
  const name = isOn ? arg : arg.slice(1);
  if (name in saneFlags) return { ...termios, flags: { ...flags, [name]: isOn } };
  switch (arg) {
    case 'sane':
      return { flags: { ...saneFlags }, characters: { ...saneCharacters } };
    case 'raw':
    case '-cooked':
      return {
        ...termios,
        flags: {
          ...flags,
          icanon: false,
          isig: false,
          opost: false,
          icrnl: false,
          ixon: false,
          brkint: false,
          imaxbel: false,
        },
      };
    case '-raw':
    case 'cooked':
      return {
        ...termios,
        flags: { ...flags, icanon: true, isig: true, opost: true, icrnl: true, ixon: true, brkint: true },
      };
    case 'cbreak':
      return { ...termios, flags: { ...flags, icanon: false } };
    case '-cbreak':
      return { ...termios, flags: { ...flags, icanon: true } };
    case 'nl':
      return { ...termios, flags: { ...flags, icrnl: false, onlcr: false } };
    case '-nl':
      return {
        ...termios,
        flags: { ...flags, icrnl: true, inlcr: false, igncr: false, onlcr: true, ocrnl: false, onlret: false },
      };
    default:
      return restore(arg);
  }
}

/** Our own form of `stty -g`: flags in order as ones and zeros, then the characters in hex. */
function save(termios: Termios): string {
  const flags = Object.values(termios.flags).map(Number).join('');
  return [flags, ...Object.values(termios.characters).map(code => code.toString(16))].join(':');
}

function restore(text: string): Termios | undefined {
  const [bits = '', ...codes] = text.split(':');
  const flagNames = Object.keys(saneFlags) as TerminalFlag[];
  const characterNames = Object.keys(saneCharacters) as ControlCharacter[];
  if (!/^[01]+$/.test(bits) || bits.length !== flagNames.length || codes.length !== characterNames.length)
    return undefined;
  const flags = Object.fromEntries(flagNames.map((name, index) => [name, bits[index] === '1']));
  const characters = Object.fromEntries(
    characterNames.map((name, index) => [name, Number.parseInt(codes[index] as string, 16)]),
  );
  return { flags: flags as Termios['flags'], characters: characters as Termios['characters'] };
}

function setCharacter(termios: Termios, name: ControlCharacter, text: string | undefined): Termios | undefined {
  if (text === undefined) return undefined;
  const code = readCharacter(text);
  return code === undefined ? undefined : { ...termios, characters: { ...termios.characters, [name]: code } };
}

function readCharacter(text: string): number | undefined {
  if (text === '' || text === 'undef' || text === '^-') return 0;
  if (text === '^?') return 0x7f;
  if (/^\^.$/.test(text)) return text.toUpperCase().charCodeAt(1) ^ 0x40;
  return text.length === 1 ? text.charCodeAt(0) : undefined;
}

function showCharacter(code: number): string {
  if (code === 0) return '<undef>';
  if (code === 0x7f) return '^?';
  return code < 0x20 ? `^${String.fromCharCode(code ^ 0x40)}` : String.fromCharCode(code);
}

async function show(run: Run, terminal: TerminalDevice, isAll: boolean): Promise<number> {
  const { flags, characters } = terminal.termios;
  const changed = (name: TerminalFlag) =>
    flags[name] !== saneFlags[name] || (name === 'brkint' || name === 'imaxbel' ? !flags[name] : false);
  const lines = flagLines.map(line =>
    line
      .filter(name => isAll || changed(name))
      .map(name => (flags[name] ? name : `-${name}`))
      .join(' '),
  );
  const size = isAll ? ` rows ${terminal.rows}; columns ${terminal.columns};` : '';
  const entries = Object.entries(characters).map(([name, code]) => `${name} = ${showCharacter(code)};`);
  const characterText = isAll
    ? `${entries.slice(0, 8).join(' ')}\n${entries.slice(8).join(' ')} min = 1; time = 0;\n-parenb -parodd -cmspar cs8 -hupcl -cstopb cread -clocal -crtscts\n`
    : '';
  await print(
    run,
    `speed 38400 baud;${size} line = 0;\n${characterText}${lines
      .filter(line => line !== '')
      .map(line => `${line}\n`)
      .join('')}`,
  );
  return 0;
}
