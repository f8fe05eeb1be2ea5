import type { Clock } from '../../../base/clock';
import type { NetworkInterfaceId } from '../../../core/ids';
import { IdleTable } from './idleTable';

const limit = 65_536;

/**
 * Conversations that reached an interface under the client's own address through a machine of AWS's. Their answers go back to that machine
 * whatever the routes say, as the network virtualisation under a VPC sees to it ("Network Load Balancers: Client IP preservation").
 */
export class FlowReturns {
  readonly #table: IdleTable<NetworkInterfaceId>;

  constructor(clock: Clock) {
    this.#table = new IdleTable(clock, limit);
  }

  /** `conversation` is named from the interface's end. */
  add(interfaceId: NetworkInterfaceId, conversation: string, through: NetworkInterfaceId, idleMs: number): void {
    this.#table.add(`${interfaceId} ${conversation}`, through, idleMs);
  }

  /** The interface of the machine that the answer belongs to. */
  find(interfaceId: NetworkInterfaceId, conversation: string, idleMs: number): NetworkInterfaceId | undefined {
    return this.#table.renew(`${interfaceId} ${conversation}`, idleMs);
  }
}

/** "Network Load Balancers: Connection idle timeout" and "NAT gateways: Troubleshoot": TCP, and the default of the rest here. */
export const flowIdleMs = 350_000;
