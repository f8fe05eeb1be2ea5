import type { InstanceId } from '../ids';
import type { InstanceConnectEndpoint } from '../instanceConnectEndpoint';
import type { CallOptions } from './calls';
import type { ChannelTransport } from './wire';

/** A key that may log in for a while. */
export interface PushedKey {
  readonly instanceId: InstanceId;
  /** Of the instance's operating system: `ec2-user`. */
  readonly userName: string;
  /** One line in OpenSSH's form. */
  readonly publicKey: string;
}

export interface TunnelTarget {
  readonly endpoint: Pick<InstanceConnectEndpoint, 'id' | 'dnsName'>;
  readonly privateIpAddress: string;
}

/** What EC2 Instance Connect does for a shell: opens the door for a key, and a way to it through an endpoint. */
export interface TunnelGateway {
  /** The key opens the user's door for 60 seconds ("SendSSHPublicKey"). */
  pushKey(key: PushedKey, options?: CallOptions): Promise<void>;
  /**
   * A connection to port 22: binary messages both ways. Resolves when the far end has spoken, as SSH servers do unasked. Rejects with
   * `tunnelUnanswered` when nobody does, `tunnelNotReady` and `tunnelsTaken` by the endpoint's state, and what requests reject with.
   */
  openSshTunnel(target: TunnelTarget, options?: CallOptions): Promise<ChannelTransport>;
}
