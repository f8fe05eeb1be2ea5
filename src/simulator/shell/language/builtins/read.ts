import { decodeText } from '../../kernel/text';
import type { Builtin } from './builtin';
import { interpretLine } from './readLine';

interface ReadOptions {
  readonly isRaw: boolean;
  readonly isSilent: boolean;
  readonly prompt: string | undefined;
  readonly timeoutMs: number | undefined;
  readonly names: readonly string[];
}

function readOptions(args: readonly string[]): ReadOptions {
  let isRaw = false;
  let isSilent = false;
  let prompt: string | undefined;
  let timeoutMs: number | undefined;
  let index = 0;
  for (; args[index]?.startsWith('-'); index++) {
    const arg = args[index] as string;
    if (arg.includes('r')) isRaw = true;
    if (arg.includes('s')) isSilent = true;
    if (arg.endsWith('p')) prompt = args[++index];
    else if (arg.endsWith('t')) timeoutMs = Number(args[++index]) * 1000;
  }
  return { isRaw, isSilent, prompt, timeoutMs, names: args.slice(index) };
}

/** `read [-rs] [-p prompt] [-t seconds] [name…]`: one line of standard input, split at IFS. */
export const read: Builtin = async (shell, args) => {
  const options = readOptions(args);
  const { process } = shell;
  const terminal = process.files.get(0)?.terminal;
  if (options.prompt && terminal) await process.write(2, options.prompt);
  const before = terminal?.termios;
  if (options.isSilent && terminal && before)
    terminal.setTermios({ ...before, flags: { ...before.flags, echo: false } });
  try {
    const line = await readLine(shell, options);
    const { fields } = interpretLine(line.text, options, shell.variables.get('IFS') ?? ' \t\n');
    const names = options.names.length > 0 ? options.names : ['REPLY'];
    for (const [index, name] of names.entries()) shell.variables.set(name, fields[index] ?? '');
    return line.status;
  } finally {
    if (options.isSilent && terminal && before) terminal.setTermios(before);
  }
};

/** Byte by byte, so that what follows the line stays for the next reader. */
async function readLine(
  shell: Parameters<Builtin>[0],
  options: ReadOptions,
): Promise<{ text: string; status: number }> {
  const { process } = shell;
  const bytes: number[] = [];
  const endMs = options.timeoutMs === undefined ? undefined : process.timeline.now() + options.timeoutMs;
  const alarm =
    options.timeoutMs === undefined
      ? undefined
      : process.timeline.after(options.timeoutMs, () => process.changed.wake());
  const finish = (status: number) => {
    alarm?.dispose();
    return { text: decodeText(Uint8Array.from(bytes)), status };
  };
  for (;;) {
    const file = process.files.get(0);
    const next = file?.tryRead(1);
    if (file && !next) {
      await process.waitOn(file.changed);
      if (endMs !== undefined && process.timeline.now() >= endMs) return finish(142);
      const [trapped] = shell.pendingTraps;
      if (trapped || shell.wasInterrupted) return finish(130);
      continue;
    }
    const byte = next?.[0];
    if (byte === undefined) return finish(1);
    if (byte !== 10) bytes.push(byte);
    else if (options.isRaw || !endsInOddBackslashes(bytes)) return finish(0);
    else bytes.pop();
  }
}

function endsInOddBackslashes(bytes: readonly number[]): boolean {
  let count = 0;
  while (bytes.at(-1 - count) === 0x5c) count++;
  return count % 2 === 1;
}
