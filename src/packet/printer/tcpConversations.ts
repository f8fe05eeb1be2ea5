const SYN = 0x02;
const ACK = 0x10;

export interface SegmentNumbers {
  /** Addresses in a form that compares like them. */
  readonly source: string;
  readonly destination: string;
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly flags: number;
  readonly sequence: number;
  readonly acknowledgment: number;
}

export interface PrintedNumbers {
  readonly sequence: number;
  readonly acknowledgment: number;
  /** What selective acknowledgements are counted from. */
  readonly selectiveAckBase: number;
}

/** What is subtracted from the numbers of the side that comes first in the key, and of the other. */
interface Origins {
  first: number;
  second: number;
}

/**
 * The first segment with an acknowledgement that is seen of a conversation prints absolute numbers and sets the origins; later ones
 * print relative to them. Hence a capture of one direction shows an absolute ack first and `seq 0:517` then, and one of both directions
 * `seq 1:518` (the-tcpdump-group/tcpdump:print-tcp.c).
 */
export class TcpConversations {
  readonly #origins = new Map<string, Origins>();
  readonly #isAbsolute: boolean;

  /** `isAbsolute` is `-S`: all numbers as they stand in the header. */
  constructor(isAbsolute = false) {
    this.#isAbsolute = isAbsolute;
  }

  relate(segment: SegmentNumbers): PrintedNumbers {
    const { flags, sequence, acknowledgment } = segment;
    if (this.#isAbsolute || !(flags & ACK)) return { sequence, acknowledgment, selectiveAckBase: 0 };
    const isReverse = isSecondSide(segment);
    const key = isReverse
      ? `${segment.destination}.${segment.destinationPort}.${segment.source}.${segment.sourcePort}`
      : `${segment.source}.${segment.sourcePort}.${segment.destination}.${segment.destinationPort}`;
    const known = this.#origins.get(key);
    const other = (acknowledgment - 1) >>> 0;
    const origins =
      known && !(flags & SYN) ? known : { first: isReverse ? other : sequence, second: isReverse ? sequence : other };
    this.#origins.set(key, origins);
    const [own, peer] = isReverse ? [origins.second, origins.first] : [origins.first, origins.second];
    if (origins !== known) return { sequence, acknowledgment, selectiveAckBase: peer };
    return { sequence: (sequence - own) >>> 0, acknowledgment: (acknowledgment - peer) >>> 0, selectiveAckBase: peer };
  }
}

function isSecondSide({ source, destination, sourcePort, destinationPort }: SegmentNumbers): boolean {
  return sourcePort === destinationPort ? source > destination : sourcePort > destinationPort;
}
