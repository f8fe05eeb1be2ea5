/** How most programs read tcpdump's lines: text, split, matched, made into an object for each packet. */

export interface PacketObject {
  readonly time: string;
  readonly source: string;
  readonly sourcePort: number;
  readonly destination: string;
  readonly destinationPort: number;
  /** TCP's, as printed. */
  readonly flags: string | undefined;
  readonly sequence: number;
  readonly length: number | undefined;
  readonly line: string;
}

const LINE =
  /^(\d+:\d+:\d+\.\d+) IP (\d+\.\d+\.\d+\.\d+)\.?(\d*) > (\d+\.\d+\.\d+\.\d+)\.?(\d*): (?:Flags \[([^\]]*)\](?:, seq (\d+))?)?(?:.*length (\d+))?/;

/** Only IPv4, and none of the cases that bite; undefined for any other line. */
export function readByRegex(line: string): PacketObject | undefined {
  const found = LINE.exec(line);
  if (!found) return undefined;
  const length = found[8];
  return {
    time: found[1] as string,
    source: found[2] as string,
    sourcePort: Number(found[3]),
    destination: found[4] as string,
    destinationPort: Number(found[5]),
    flags: found[6],
    sequence: Number(found[7] ?? 0),
    length: length === undefined ? undefined : Number(length),
    line,
  };
}

/** The same with `split` for the fields. */
export function readBySplit(line: string): PacketObject | undefined {
  const words = line.split(' ');
  if (words[1] !== 'IP') return undefined;
  const [source, sourcePort] = hostAndPort(words[2] as string);
  const [destination, destinationPort] = hostAndPort((words[4] as string).slice(0, -1));
  const lengthAt = words.lastIndexOf('length');
  return {
    time: words[0] as string,
    source,
    sourcePort,
    destination,
    destinationPort,
    flags: words[5] === 'Flags' ? (words[6] as string).slice(1, -2) : undefined,
    sequence: words[7] === 'seq' ? Number.parseInt(words[8] as string, 10) : 0,
    length: lengthAt < 0 ? undefined : Number.parseInt(words[lengthAt + 1] as string, 10),
    line,
  };
}

function hostAndPort(text: string): [string, number] {
  const parts = text.split('.');
  return parts.length === 5 ? [parts.slice(0, 4).join('.'), Number(parts[4])] : [text, 0];
}

/** Cuts the text of chunks into lines; a line that two chunks share comes with the second. */
export class TextLines {
  readonly #decoder = new TextDecoder();
  #rest = '';

  take(chunk: Uint8Array): readonly string[] {
    const lines = (this.#rest + this.#decoder.decode(chunk, { stream: true })).split('\n');
    this.#rest = lines.pop() ?? '';
    return lines;
  }
}
