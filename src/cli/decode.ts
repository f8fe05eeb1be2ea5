/**
 * `npm run decode -- FILE`: tcpdump's text to one JSON object a line; `-` reads standard input. Exit codes: 0 done, 1 unreadable, 2 usage.
 */
import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import type { PacketFields } from '../packet/reader/packetFields';
import { packetJson } from '../packet/reader/packetJson';
import { type TcpdumpListener, TcpdumpReader } from '../packet/tcpdumpReader';

const USAGE = `usage: npm run decode -- FILE

Reads tcpdump's text from FILE (or standard input for -) and prints one JSON object a line:
  {"line","time","protocol","source","sourcePort","destination","destinationPort","length","info"}
or {"line","unparsed"} with the text of what is no packet.`;

/** Nothing in a capture's text is this long; more would be no text at all. */
const MAX_LINE_BYTES = 16 * 1024 * 1024;

/** Collects the objects of the lines read so far. */
class JsonLines implements TcpdumpListener {
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  #text = '';

  onPacket(fields: PacketFields, bytes: Uint8Array, _start: number, end: number, line: number): void {
    this.#text += `${JSON.stringify(packetJson(fields, bytes, end, line))}\n`;
  }

  onStatus(_event: unknown, bytes: Uint8Array, start: number, end: number, line: number): void {
    this.onText(bytes, start, end, line);
  }

  onText(bytes: Uint8Array, start: number, end: number, line: number): void {
    this.#text += `${JSON.stringify({ line, unparsed: this.#decoder.decode(bytes.subarray(start, end)) })}\n`;
  }

  take(): string {
    const text = this.#text;
    this.#text = '';
    return text;
  }
}

async function decode(source: AsyncIterable<Uint8Array>): Promise<void> {
  const lines = new JsonLines();
  const reader = new TcpdumpReader(lines, MAX_LINE_BYTES);
  for await (const chunk of source) {
    reader.write(chunk);
    await print(lines.take());
  }
  reader.end();
  await print(lines.take());
}

/** Resolves when standard output can take more. */
function print(text: string): Promise<void> {
  if (text === '' || process.stdout.write(text)) return Promise.resolve();
  return new Promise(done => process.stdout.once('drain', done));
}

/** npm runs scripts in the project's folder; a path means the folder where the command was typed. */
function pathOf(file: string): string {
  const isNpmScript = process.env.npm_lifecycle_event === 'decode';
  return resolve((isNpmScript && process.env.INIT_CWD) || process.cwd(), file);
}

async function main(parameters: readonly string[]): Promise<number> {
  const [file] = parameters;
  if (file === '--help' || file === '-h') {
    await print(`${USAGE}\n`);
    return 0;
  }
  if (file === undefined || parameters.length > 1 || (file.startsWith('-') && file !== '-')) {
    console.error(USAGE);
    return 2;
  }
  try {
    await decode(file === '-' ? process.stdin : createReadStream(pathOf(file)));
    return 0;
  } catch (error) {
    console.error(`Could not read ${file === '-' ? 'standard input' : file}: ${reasonOf(error)}`);
    return 1;
  }
}

function reasonOf(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
      return 'there is no such file.';
    case 'EISDIR':
      return 'it is a folder, not a file.';
    case 'EACCES':
    case 'EPERM':
      return 'you are not allowed to read it.';
    default:
      return error instanceof Error ? error.message : String(error);
  }
}

// A reader such as `head` that has seen enough is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

process.exitCode = await main(process.argv.slice(2));
