/** Text tools that pass their input on as it comes: `cat`, `head`, `tee`; and `seq` and `yes`, which may never end. The others are just-bash's, see textTools.ts. */
import { describeFileError } from '../files/fileError';
import { openPath } from '../files/openPath';
import type { OpenFile } from '../kernel/openFile';
import { decodeText, encodeText } from '../kernel/text';
import type { Program, Run } from '../system';
import { complain, print, readAll, readArguments } from './console';
import { hasOption, lastOption } from './options';

/** Opens each named file (or standard input) in turn as a descriptor; complains about those that cannot be read. */
async function forEachInput(
  run: Run,
  names: readonly string[],
  body: (descriptor: number, name: string) => Promise<void>,
): Promise<number> {
  let status = 0;
  for (const name of names.length > 0 ? names : ['-']) {
    if (name === '-') {
      await body(0, 'standard input');
      continue;
    }
    try {
      run.process.install(3, await openPath(run.process, run.system.disk, name, 'read'));
    } catch (error) {
      status = await complain(run, `${name}: ${describeFileError(error)}`);
      continue;
    }
    await body(3, name);
    run.process.close(3);
  }
  return status;
}

export const cat: Program = async run => {
  const { options, operands } = readArguments(run.args, { short: 'nAeEstTuvb', long: { number: false } });
  const numbers = options.has('n') || options.has('number');
  let line = 1;
  let isAtStart = true;
  return forEachInput(run, operands, async descriptor => {
    for (let bytes = await run.process.read(descriptor); bytes.length > 0; bytes = await run.process.read(descriptor)) {
      if (!numbers) await print(run, bytes);
      else {
        const text = new TextDecoder().decode(bytes);
        let output = '';
        for (const part of text.match(/[^\n]*\n|[^\n]+/g) ?? []) {
          output += isAtStart ? `${String(line++).padStart(6)}\t${part}` : part;
          isAtStart = part.endsWith('\n');
        }
        await print(run, output);
      }
    }
  });
};

export const head: Program = async run => {
  const args = run.args.map((arg, index) =>
    /^-\d+$/.test(arg) && !/^-[nc]$/.test(run.args[index - 1] ?? '') ? `-n${arg.slice(1)}` : arg,
  );
  const parsed = readArguments(args, { short: 'n:c:qv', long: { lines: true, bytes: true, quiet: false } });
  const byteText = lastOption(parsed, 'c', 'bytes');
  const countText = byteText ?? lastOption(parsed, 'n', 'lines') ?? '10';
  if (!/^-?\d+$/.test(countText))
    return complain(run, `invalid number of ${byteText ? 'bytes' : 'lines'}: ‘${countText}’`);
  const hasTitles = parsed.operands.length > 1 && !hasOption(parsed, 'q', 'quiet');
  let isFirst = true;
  return forEachInput(run, parsed.operands, async (descriptor, name) => {
    if (hasTitles) await print(run, `${isFirst ? '' : '\n'}==> ${name} <==\n`);
    isFirst = false;
    await copyHead(run, descriptor, Number(countText), byteText !== undefined);
  });
};

async function copyHead(run: Run, descriptor: number, count: number, isBytes: boolean): Promise<void> {
  if (count < 0) return copyAllButLast(run, descriptor, -count, isBytes);
  let left = count;
  while (left > 0) {
    const bytes = await run.process.read(descriptor);
    if (bytes.length === 0) return;
    if (isBytes) {
      const part = bytes.subarray(0, left);
      left -= part.length;
      await print(run, part);
      continue;
    }
    let end = 0;
    while (left > 0 && end < bytes.length) if (bytes[end++] === 10) left--;
    await print(run, bytes.subarray(0, end));
  }
}

async function copyAllButLast(run: Run, descriptor: number, count: number, isBytes: boolean): Promise<void> {
  const bytes = await readAll(run.process, descriptor);
  if (isBytes) return print(run, bytes.subarray(0, Math.max(0, bytes.length - count)));
  const lines = decodeText(bytes).match(/[^\n]*\n|[^\n]+$/g) ?? [];
  await print(run, lines.slice(0, Math.max(0, lines.length - count)).join(''));
}

export const tee: Program = async run => {
  const parsed = readArguments(run.args, { short: 'aip', long: { append: false, 'ignore-interrupts': false } });
  if (hasOption(parsed, 'i', 'ignore-interrupts')) run.process.handle('SIGINT', 'ignore');
  let status = 0;
  const copies: OpenFile[] = [];
  for (const name of parsed.operands) {
    try {
      copies.push(
        (
          await openPath(run.process, run.system.disk, name, hasOption(parsed, 'a', 'append') ? 'append' : 'write')
        ).retain(),
      );
    } catch (error) {
      status = await complain(run, `${name}: ${describeFileError(error)}`);
    }
  }
  for (let bytes = await run.process.read(0); bytes.length > 0; bytes = await run.process.read(0)) {
    for (const copy of copies) copy.tryWrite(bytes);
    await print(run, bytes);
  }
  for (const copy of copies) copy.release();
  return status;
};

export const yes: Program = async run => {
  const line = `${run.args.length > 0 ? run.args.join(' ') : 'y'}\n`;
  const lines = encodeText(line.repeat(64));
  for (;;) await run.process.write(1, lines);
};

/** As the C library gathers output. */
const outputBufferLength = 4_096;

/** seq(1): `[-s separator] [-w] [first [step]] last`. */
export const seq: Program = async run => {
  const args = run.args.map(arg => (/^-[\d.]/.test(arg) ? `\0${arg}` : arg));
  const parsed = readArguments(args, { short: 's:wf:', long: { separator: true, 'equal-width': false } });
  const operands = parsed.operands.map(operand => operand.replace('\0', ''));
  const wrong = operands.find(operand => operand.trim() === '' || Number.isNaN(Number(operand)));
  if (wrong !== undefined) return complain(run, `invalid floating point argument: ‘${wrong}’`);
  if (operands.length === 0 || operands.length > 3)
    return complain(run, operands.length === 0 ? 'missing operand' : `extra operand ‘${operands[3]}’`);
  const numbers = operands.map(Number);
  const last = numbers.at(-1) as number;
  const first = numbers.length > 1 ? (numbers[0] as number) : 1;
  const step = numbers.length > 2 ? (numbers[1] as number) : 1;
  if (step === 0) return complain(run, 'invalid Zero increment value: ‘0’');
  const decimals = Math.max(
    ...operands.slice(0, numbers.length > 2 ? 2 : 1).map(operand => operand.split('.')[1]?.length ?? 0),
  );
  const width = hasOption(parsed, 'w', 'equal-width')
    ? Math.max(first.toFixed(decimals).length, last.toFixed(decimals).length)
    : 0;
  const separator = lastOption(parsed, 's', 'separator') ?? '\n';
  const isPast = (value: number) => (step > 0 ? value > last + 1e-9 : value < last - 1e-9);
  let pending = '';
  for (let index = 0; !isPast(first + index * step); index++) {
    const text = (first + index * step).toFixed(decimals).padStart(width, '0');
    pending += index === 0 ? text : separator + text;
    if (pending.length < outputBufferLength) continue;
    await print(run, pending);
    pending = '';
  }
  if (!isPast(first)) await print(run, `${pending}\n`);
  return 0;
};
