import type { Clock } from '../../../base/clock';
import type { HealthCheck } from '../../../core/loadBalancing';
import type { WireRequest } from '../../../core/ports/wire';
import type { Chance } from '../../chance';
import type { NetworkNode } from '../forwarding/networkNode';
import { IpStack } from '../host/ipStack';
import { openConnection } from '../host/openConnection';
import { loadBalancerProfile } from '../host/profiles';
import type { TcpConnection } from '../hostNetwork';
import { sendHttp } from '../http1';
import { openSecureStream } from '../secureStream';
import type { ByteStream } from '../stream/byteStream';

export interface ProbeHostOptions {
  readonly clock: Clock;
  readonly chance: Chance;
  /** The node's private address: probes come from there. */
  readonly address: string;
  transmit(packet: Uint8Array): void;
}

export interface ProbedEnd {
  readonly address: string;
  readonly port: number;
}

/** The part of a load balancer's node that looks after its targets ("Network Load Balancers: Health checks for target groups"). */
export class ProbeHost implements NetworkNode {
  readonly #options: ProbeHostOptions;
  readonly #stack: IpStack;

  constructor(options: ProbeHostOptions) {
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

  /** Whether a target passes: it takes the connection, and for HTTP answers with a status that counts, within `limitMs`. */
  async probe(end: ProbedEnd, check: HealthCheck, limitMs: number): Promise<boolean> {
    const { clock } = this.#options;
    let connection: TcpConnection | undefined;
    const limit = clock.after(limitMs, () => connection?.reset());
    try {
      connection = await openConnection(clock, this.#stack.tcp, end, { timeoutMs: limitMs });
      const passes = check.protocol === 'TCP' || (await this.#asks(connection, end, check));
      connection.close();
      return passes;
    } catch {
      // Whatever goes wrong is what the probe is to find out.
      connection?.reset();
      return false;
    } finally {
      limit.dispose();
    }
  }

  async #asks(connection: TcpConnection, { address }: ProbedEnd, check: HealthCheck): Promise<boolean> {
    const isSecure = check.protocol === 'HTTPS';
    const stream: ByteStream = isSecure ? await openSecureStream(connection, address, { verify: false }) : connection;
    const { status } = await sendHttp(stream, request(address, check.path ?? '/'));
    return matches(check.matcher ?? '200-399', status);
  }
}

function request(host: string, path: string): WireRequest {
  const headers = { 'user-agent': 'ELB-HealthChecker/2.0', connection: 'close' };
  return { method: 'GET', host, path, query: '', headers, body: new Uint8Array(0) };
}

/** `200`, `200,301` or `200-399`. */
function matches(matcher: string, status: number): boolean {
  return matcher.split(',').some(part => {
    const [least, most = least] = part.trim().split('-').map(Number);
    return least !== undefined && most !== undefined && status >= least && status <= most;
  });
}
