import { decodeText, joinBytes } from '../../kernel/text';
import type { Builtin } from './builtin';

/** `mapfile [-t] [-n count] [array]`, also called `readarray`: the lines of standard input. */
export const mapfile: Builtin = async (shell, args) => {
  const operands: string[] = [];
  let count = 0;
  for (let index = 0; index < args.length; index++) {
    if (args[index] === '-n') count = Number(args[++index]);
    else if (!args[index]?.startsWith('-')) operands.push(args[index] as string);
  }
  const parts: Uint8Array[] = [];
  for (let bytes = await shell.process.read(0); bytes.length > 0; bytes = await shell.process.read(0))
    parts.push(bytes);
  const lines = decodeText(joinBytes(parts)).match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const kept = count > 0 ? lines.slice(0, count) : lines;
  const isTrimmed = args.some(arg => /^-\w*t/.test(arg));
  shell.variables.set(operands[0] ?? 'MAPFILE', isTrimmed ? kept.map(line => line.replace(/\n$/, '')) : [...kept]);
  return 0;
};
