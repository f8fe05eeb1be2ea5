import { Chance } from '../../../../../src/simulator/chance';
import { TcpStack } from '../../../../../src/simulator/network/tcp/tcpStack';
import { Timeline } from '../../../../../src/simulator/timeline';

export interface PairOptions {
  readonly segmentBytes?: number;
  /** Whether the numbered segment (from 0, both ways) is lost. */
  readonly isLost?: (number: number) => boolean;
}

/** Two TCP stacks with a millisecond between them, and what passed on the way. */
export function tcpPair({ segmentBytes = 1460, isLost = () => false }: PairOptions = {}) {
  const timeline = new Timeline(1_000_000);
  let passed = 0;
  const stacks: TcpStack[] = [];
  const stack = (own: string, other: number) =>
    new TcpStack({
      clock: timeline,
      chance: new Chance(own),
      profile: {
        windowScale: 7,
        synBackOff: 'exponential',
        closedPort: 'reset',
        segmentBytesFor: () => segmentBytes,
        announcedSegmentBytesFor: () => segmentBytes,
      },
      sourceFor: () => own,
      send: (source, destination, bytes) => {
        if (!isLost(passed++)) timeline.after(1, () => stacks[other]!.receive(source, destination, bytes));
      },
    });
  stacks.push(stack('10.0.0.1', 1), stack('10.0.0.2', 0));
  return {
    timeline,
    client: stacks[0]!,
    server: stacks[1]!,
    serverAddress: '10.0.0.2',
    get passed() {
      return passed;
    },
  };
}
