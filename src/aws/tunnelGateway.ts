import type { CallOptions } from '../core/ports/calls';
import { ChannelEnd } from '../core/ports/channelEnd';
import type { PushedKey, TunnelGateway, TunnelTarget } from '../core/ports/tunnelGateway';
import type { ChannelClose, ChannelMessage, ChannelTransport } from '../core/ports/wire';
import type { Services } from './services/connect';
import { signTunnel } from './signTunnel';
import { TunnelClosed, tunnelFailure } from './tunnelFailure';

const sshPort = '22';

/** EC2 Instance Connect; its tunnels are dialled by the connection. */
export class AwsTunnelGateway implements TunnelGateway {
  readonly #service: Services['instanceConnect'];

  constructor(service: Services['instanceConnect']) {
    this.#service = service;
  }

  pushKey({ instanceId, userName, publicKey }: PushedKey, options: CallOptions = {}): Promise<void> {
    return this.#service.call(
      'ec2-instance-connect:SendSSHPublicKey',
      async (client, api, http) => {
        const input = { InstanceId: instanceId, InstanceOSUser: userName, SSHPublicKey: publicKey };
        await client.send(new api.SendSSHPublicKeyCommand(input), http);
      },
      options,
    );
  }

  async openSshTunnel(target: TunnelTarget, { signal }: CallOptions = {}): Promise<ChannelTransport> {
    const { connection } = this.#service;
    const { endpoint, privateIpAddress } = target;
    const query = { instanceConnectEndpointId: endpoint.id, remotePort: sshPort, privateIpAddress };
    const url = await signTunnel(this.#originOf(endpoint.dnsName), query, {
      credentials: await connection.credentials(),
      region: connection.region,
      nowMs: connection.clock.now(),
    });
    signal?.throwIfAborted();
    const about = { endpointId: endpoint.id, privateIpAddress };
    try {
      return await untilHeard(await connection.openTunnel(url, signal), signal);
    } catch (caught) {
      signal?.throwIfAborted();
      const failure = tunnelFailure(caught, about);
      connection.log.warn(`Tunnel through ${endpoint.id}: ${failure.cloudCode ?? failure.code}`);
      throw failure;
    }
  }

  /** What stands in the place of AWS knows no names under AWS's domain, and takes tunnels where it takes all else. */
  #originOf(dnsName: string): string {
    const { endpointUrl, serviceEndpointUrls } = this.#service.connection;
    const instead = serviceEndpointUrls?.ec2_instance_connect ?? endpointUrl;
    return instead === undefined ? `wss://${dnsName}` : new URL(instead).origin.replace(/^http/, 'ws');
  }
}

/** Resolves with the same connection once something came over it; rejects with its {@link TunnelClosed} when it is closed before. */
function untilHeard(inner: ChannelTransport, signal: AbortSignal | undefined): Promise<ChannelTransport> {
  return new Promise((resolve, reject) => {
    const heard = new HeardConnection(inner);
    const onAbort = () => inner.close();
    signal?.addEventListener('abort', onAbort, { once: true });
    inner.onMessage = message => {
      signal?.removeEventListener('abort', onAbort);
      heard.hear(message);
      resolve(heard);
    };
    inner.onClose = close => {
      signal?.removeEventListener('abort', onAbort);
      heard.hearClose(close);
      reject(new TunnelClosed(close));
    };
    if (signal?.aborted) onAbort();
  });
}

class HeardConnection extends ChannelEnd implements ChannelTransport {
  constructor(private readonly inner: ChannelTransport) {
    super();
  }

  hear(message: ChannelMessage): void {
    this.deliver(message);
  }

  hearClose(close: ChannelClose): void {
    this.deliverClose(close);
  }

  send(message: ChannelMessage): void {
    this.inner.send(message);
  }

  ping(): Promise<void> {
    return this.inner.ping();
  }

  close(code?: number, reason?: string): void {
    this.inner.close(code, reason);
  }
}
