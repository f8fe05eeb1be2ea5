import { waitForEnd } from '../kernel/kernel';
import { shellStatusOf } from '../kernel/process';
import { decodeText } from '../kernel/text';
import type { Program } from '../system';
import { startChild } from './child';
import { readAll, readArguments } from './console';
import { hasOption, lastOption } from './options';

/** xargs(1): builds command lines from standard input. */
export const xargs: Program = async run => {
  const parsed = readArguments(run.args, {
    short: '0rtn:L:I:P:d:',
    long: { null: false, 'no-run-if-empty': false, 'max-args': true },
    stopsAtOperand: true,
  });
  const text = decodeText(await readAll(run.process, 0));
  const replaced = lastOption(parsed, 'I');
  const items = splitItems(
    text,
    hasOption(parsed, '0', 'null') ? '\0' : replaced === undefined ? lastOption(parsed, 'd') : '\n',
  );
  const count = Number(lastOption(parsed, 'n', 'max-args') ?? lastOption(parsed, 'L') ?? Number.POSITIVE_INFINITY);
  const command = parsed.operands.length > 0 ? parsed.operands : ['echo'];
  if (items.length === 0 && (hasOption(parsed, 'r', 'no-run-if-empty') || replaced !== undefined)) return 0;
  const batches = replaced !== undefined ? items.map(item => [item]) : inBatches(items, count);
  let status = 0;
  for (const batch of batches) {
    const argv =
      replaced === undefined ? [...command, ...batch] : command.map(word => word.replaceAll(replaced, batch[0] ?? ''));
    const child = startChild(run, argv, {}, (failure, self) => {
      return self.write(2, `xargs: ${argv[0]}: ${failure.text}\n`).then(() => failure.status);
    });
    const ended = await waitForEnd(run.process, child);
    const code = shellStatusOf(ended);
    if (code === 126 || code === 127) return code;
    if (code !== 0) status = ended.signal ? 125 : 123;
  }
  return status;
};

function splitItems(text: string, separator: string | undefined): string[] {
  if (separator !== undefined)
    return text
      .split(separator)
      .filter(item => item !== '')
      .map(item => (separator === '\n' ? item.trim() : item));
  return [...text.matchAll(/"([^"]*)"|'([^']*)'|((?:\\.|[^\s"'\\])+)/g)].map(
    match => match[1] ?? match[2] ?? (match[3] as string).replace(/\\(.)/g, '$1'),
  );
}

function inBatches(items: readonly string[], count: number): readonly (readonly string[])[] {
  if (!Number.isFinite(count) || items.length === 0) return [items];
  return Array.from({ length: Math.ceil(items.length / count) }, (_, index) =>
    items.slice(index * count, (index + 1) * count),
  );
}
