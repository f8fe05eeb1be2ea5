import { CreateInstanceConnectEndpointCommand, DescribeInstanceConnectEndpointsCommand } from '@aws-sdk/client-ec2';
import { Hash } from '@smithy/hash-node';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import type { ChannelClose, ChannelTransport } from '../../src/core/ports/wire';
import { CloudGuest } from './cloudGuest';
import { runUntil } from './runTimeline';

export interface TunnelQuery {
  readonly instanceConnectEndpointId: string;
  readonly remotePort: string;
  readonly privateIpAddress: string;
  readonly maxTunnelDuration?: string;
}

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** What `aws ec2-instance-connect open-tunnel` connects to (aws/aws-cli:awscli/customizations/ec2instanceconnect/eicesigner.py). */
export async function tunnelUrl(
  hostname: string,
  credentials: Keys,
  query: TunnelQuery,
  nowMs: number,
): Promise<string> {
  const signer = new SignatureV4({
    credentials,
    region: 'ap-south-1',
    service: 'ec2-instance-connect',
    sha256: Hash.bind(undefined, 'sha256'),
  });
  const given = { method: 'GET', protocol: 'wss:', hostname, path: '/openTunnel', query: { ...query } };
  const request = new HttpRequest({ ...given, headers: { host: hostname } });
  const signed = await signer.presign(request, { expiresIn: 60, signingDate: new Date(nowMs) });
  const pairs = Object.entries(signed.query ?? {}).map(([name, value]) => [name, String(value)] as [string, string]);
  return `wss://${hostname}/openTunnel?${new URLSearchParams(pairs).toString().replaceAll('+', '%20')}`;
}

/** The first account's instance, and an EC2 Instance Connect Endpoint beside it. */
export class ConnectSite {
  readonly guest = new CloudGuest();
  readonly clients = this.guest.test.clients(0);
  id = '';
  dnsName = '';

  static async open(): Promise<ConnectSite> {
    const site = new ConnectSite();
    const { ec2 } = site.clients;
    const region = site.guest.test.cloud.world.region(site.guest.place);
    const instance = region.instances.get(site.guest.instanceId);
    const made = await ec2.send(new CreateInstanceConnectEndpointCommand({ SubnetId: instance?.subnetId }));
    site.id = made.InstanceConnectEndpoint?.InstanceConnectEndpointId ?? '';
    await site.guest.pause(300_000);
    const { InstanceConnectEndpoints } = await site.clientsNow.ec2.send(
      new DescribeInstanceConnectEndpointsCommand({}),
    );
    site.dnsName = InstanceConnectEndpoints?.[0]?.DnsName ?? '';
    return site;
  }

  /** Their clock follows the world's. */
  get clientsNow() {
    const clients = this.guest.test.clients(0);
    clients.ec2.config.systemClockOffset = this.guest.test.timeline.now() - Date.now();
    return clients;
  }

  url(change: Partial<TunnelQuery> = {}, account = 0, host = this.dnsName): Promise<string> {
    const { cloud, timeline } = this.guest.test;
    const keys = cloud.accounts[account];
    if (!keys) throw new RangeError(`No account ${account}`);
    const query = {
      instanceConnectEndpointId: this.id,
      remotePort: '22',
      privateIpAddress: this.guest.address,
      ...change,
    };
    return tunnelUrl(host, keys, query, timeline.now());
  }

  dig(url: string): HeardTunnel {
    return new HeardTunnel(this, this.guest.test.cloud.openTunnel(url));
  }
}

/** A tunnel, with what came out of it. */
export class HeardTunnel {
  text = '';
  closed: ChannelClose | undefined;

  constructor(
    private readonly site: ConnectSite,
    readonly channel: ChannelTransport,
  ) {
    channel.onMessage = message => {
      this.text += typeof message === 'string' ? `text ${message}` : new TextDecoder().decode(message);
    };
    channel.onClose = close => {
      this.closed = close;
    };
  }

  get isClosed(): boolean {
    return this.closed !== undefined;
  }

  /** Lets time pass until something is so. */
  async until(condition: () => boolean, limitMs = 30_000): Promise<this> {
    await runUntil(this.site.guest.test.timeline, condition, limitMs);
    return this;
  }
}
