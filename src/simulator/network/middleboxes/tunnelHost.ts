import type { Clock } from '../../../base/clock';
import type { Chance } from '../../chance';
import type { NetworkNode } from '../forwarding/networkNode';
import { IpStack } from '../host/ipStack';
import { openConnection } from '../host/openConnection';
import { loadBalancerProfile } from '../host/profiles';
import type { TcpConnection } from '../hostNetwork';

export interface TunnelHostOptions {
  readonly clock: Clock;
  readonly chance: Chance;
  /** From which tunnels come: the endpoint's own address, or its client's. */
  readonly address: string;
  transmit(packet: Uint8Array): void;
}

/** How long a tunnel waits for the instance ("EC2 Instance Connect Endpoint": the WebSocket is closed when it cannot connect). */
const openingLimitMs = 10_000;

/** The end of EC2 Instance Connect Endpoint's tunnels inside a VPC, under one address. */
export class TunnelHost implements NetworkNode {
  readonly #options: TunnelHostOptions;
  readonly #stack: IpStack;

  constructor(options: TunnelHostOptions) {
    this.#options = options;
    const { clock, chance, address } = options;
    this.#stack = new IpStack({
      clock,
      chance,
      profile: loadBalancerProfile,
      sourceFor: () => address,
      owns: candidate => candidate === address,
      transmit: packet => options.transmit(packet),
    });
  }

  receive(packet: Uint8Array): void {
    this.#stack.receive(packet);
  }

  dispose(): void {
    this.#stack.dispose();
  }

  /** Rejects with ConnectError. */
  open(address: string, port: number): Promise<TcpConnection> {
    return openConnection(this.#options.clock, this.#stack.tcp, { address, port }, { timeoutMs: openingLimitMs });
  }
}
