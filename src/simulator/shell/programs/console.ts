/** What programs say and read: text through descriptors 0, 1 and 2. */
import type { Process } from '../kernel/process';
import { decodeText, joinBytes } from '../kernel/text';
import type { Run } from '../system';
import { type OptionGrammar, type ParsedArguments, parseOptions } from './options';

export function print(run: Run, text: string | Uint8Array): Promise<void> {
  return run.process.write(1, text);
}

/** `name: text` on standard error; gives `status`. */
export async function complain(run: Run, text: string, status = 1): Promise<number> {
  await run.process.write(2, `${baseName(run.name)}: ${text}\n`);
  return status;
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** A usage mistake, worded as getopt(3) does. */
export class UsageError extends Error {}

/** Parses the arguments; throws {@link UsageError} for unknown options and missing values. */
export function readArguments(args: readonly string[], grammar: OptionGrammar): ParsedArguments {
  const parsed = parseOptions(args, grammar);
  if (!parsed.problem) return parsed;
  const { kind, option } = parsed.problem;
  if (option.length > 1)
    throw new UsageError(
      kind === 'unknown' ? `unrecognized option '--${option}'` : `option '--${option}' requires an argument`,
    );
  throw new UsageError(
    kind === 'unknown' ? `invalid option -- '${option}'` : `option requires an argument -- '${option}'`,
  );
}

/** Everything until the end of a descriptor. Beyond `maxBytes` the rest is left unread. */
export async function readAll(process: Process, descriptor: number, maxBytes = 16 * 1024 * 1024): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  while (length < maxBytes) {
    const bytes = await process.read(descriptor);
    if (bytes.length === 0) break;
    parts.push(bytes);
    length += bytes.length;
  }
  return joinBytes(parts);
}

/** Lines of a descriptor as they come; each without its newline. */
export async function* readLines(process: Process, descriptor: number): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const bytes = await process.read(descriptor);
    rest += bytes.length > 0 ? decoder.decode(bytes, { stream: true }) : decoder.decode();
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
    if (bytes.length > 0) continue;
    if (rest !== '') yield rest;
    return;
  }
}

export async function readTextFile(run: Run, path: string): Promise<string> {
  const descriptor = /^\/dev\/(?:fd\/(\d+)|stdin)$/.exec(path);
  if (descriptor) return decodeText(await readAll(run.process, Number(descriptor[1] ?? 0)));
  const files = run.system.disk.as(run.process.user);
  return decodeText(await files.readFileBuffer(files.resolvePath(run.process.workingDirectory, path)));
}
