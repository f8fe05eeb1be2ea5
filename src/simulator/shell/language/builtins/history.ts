import type { Builtin } from './builtin';

/** `history [n]`, `history -c`: the lines typed in this shell. */
export const history: Builtin = async (shell, args) => {
  const { lines } = shell.history;
  if (args[0] === '-c') {
    lines.length = 0;
    return 0;
  }
  const count = args[0] === undefined ? lines.length : Number(args[0]);
  if (!Number.isInteger(count) || count < 0) {
    await shell.complain(`history: ${args[0]}: numeric argument required`);
    return 1;
  }
  const first = Math.max(0, lines.length - count);
  await shell.print(
    lines
      .slice(first)
      .map((line, index) => `${String(first + index + 1).padStart(5)}  ${line}\n`)
      .join(''),
  );
  return 0;
};
