import type { Builtin } from './builtin';
import { interpretEscapes } from './escapes';
import { formatText } from './printfFormat';

export const echo: Builtin = async (shell, args) => {
  let first = 0;
  let endsLine = true;
  let interprets = false;
  for (; /^-[neE]+$/.test(args[first] ?? ''); first++) {
    for (const letter of (args[first] as string).slice(1)) {
      if (letter === 'n') endsLine = false;
      else interprets = letter === 'e';
    }
  }
  const text = args.slice(first).join(' ');
  const result = interprets ? interpretEscapes(text, true) : { text, stops: false };
  await shell.print(result.text + (endsLine && !result.stops ? '\n' : ''));
  return 0;
};

export const printf: Builtin = async (shell, args) => {
  let [format, ...values] = args;
  let variable: string | undefined;
  if (format === '-v') [variable, format, ...values] = values;
  else if (format === '--') [format, ...values] = values;
  if (format === undefined) {
    await shell.complain('printf: usage: printf [-v var] format [arguments]');
    return 2;
  }
  const { text, complaints } = formatText(format, values);
  if (variable) shell.variables.set(variable, text);
  else await shell.print(text);
  for (const complaint of complaints) await shell.complain(`printf: ${complaint}`);
  return complaints.length > 0 ? 1 : 0;
};
