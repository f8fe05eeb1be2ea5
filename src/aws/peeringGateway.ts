import { LabError } from '../core/errors';
import type { PeeringConnectionId } from '../core/ids';
import type { PeeringConnection } from '../core/peering';
import type { CallOptions } from '../core/ports/calls';
import type { CreatePeeringInput, PeeringGateway } from '../core/ports/peeringGateway';
import { mapPeering } from './mapping/mapPeering';
import { NetworkReader } from './networkReader';
import { nothingWhen } from './nothingWhen';
import type { Ec2 } from './services/connect';
import { tagSpecification } from './tagSpecification';
import { untilSettled } from './untilSettled';

const inMotion: ReadonlySet<PeeringConnection['state']> = new Set(['initiatingRequest', 'provisioning', 'deleting']);

/** VPC peering connections, by EC2. */
export class AwsPeeringGateway implements PeeringGateway {
  readonly #ec2: Ec2;

  constructor(ec2: Ec2) {
    this.#ec2 = ec2;
  }

  listPeeringConnections(options: CallOptions = {}): Promise<readonly PeeringConnection[]> {
    return new NetworkReader(this.#ec2, options).peeringConnections();
  }

  findPeeringConnection(id: PeeringConnectionId, options: CallOptions = {}): Promise<PeeringConnection | undefined> {
    return nothingWhen('resourceNotFound', () =>
      this.#ec2.call(
        'ec2:DescribeVpcPeeringConnections',
        async (client, api, http) => {
          const command = new api.DescribeVpcPeeringConnectionsCommand({ VpcPeeringConnectionIds: [id] });
          const [found] = (await client.send(command, http)).VpcPeeringConnections ?? [];
          return found && mapPeering(found);
        },
        options,
      ),
    );
  }

  createPeeringConnection(input: CreatePeeringInput, options: CallOptions = {}): Promise<PeeringConnection> {
    return this.#ec2.call(
      'ec2:CreateVpcPeeringConnection',
      async (client, api, http) => {
        const command = new api.CreateVpcPeeringConnectionCommand({
          VpcId: input.vpcId,
          PeerVpcId: input.peerVpcId,
          PeerOwnerId: input.peerAccountId,
          PeerRegion: input.peerRegion,
          TagSpecifications: tagSpecification('vpc-peering-connection', input.tags),
        });
        return mapPeering((await client.send(command, http)).VpcPeeringConnection ?? {});
      },
      options,
    );
  }

  async settled(id: PeeringConnectionId, options: CallOptions = {}): Promise<PeeringConnection> {
    const { clock } = this.#ec2.connection;
    const found = await untilSettled(
      clock,
      {
        id,
        // A new id is not known everywhere at once.
        read: () => this.findPeeringConnection(id, options),
        isSettled: connection => connection !== undefined && !inMotion.has(connection.state),
      },
      options.signal,
    );
    if (found?.state === 'failed') throw new LabError('peeringFailed', { id, detail: found.statusMessage });
    return found as PeeringConnection;
  }

  acceptPeeringConnection(VpcPeeringConnectionId: PeeringConnectionId, options: CallOptions = {}): Promise<void> {
    return this.#ec2.call(
      'ec2:AcceptVpcPeeringConnection',
      async (client, api, http) => {
        await client.send(new api.AcceptVpcPeeringConnectionCommand({ VpcPeeringConnectionId }), http);
      },
      options,
    );
  }

  rejectPeeringConnection(VpcPeeringConnectionId: PeeringConnectionId, options: CallOptions = {}): Promise<void> {
    return this.#ec2.call(
      'ec2:RejectVpcPeeringConnection',
      async (client, api, http) => {
        await client.send(new api.RejectVpcPeeringConnectionCommand({ VpcPeeringConnectionId }), http);
      },
      options,
    );
  }

  deletePeeringConnection(VpcPeeringConnectionId: PeeringConnectionId, options: CallOptions = {}): Promise<void> {
    return this.#ec2.call(
      'ec2:DeleteVpcPeeringConnection',
      async (client, api, http) => {
        await client.send(new api.DeleteVpcPeeringConnectionCommand({ VpcPeeringConnectionId }), http);
      },
      options,
    );
  }

  allowRemoteDns(
    VpcPeeringConnectionId: PeeringConnectionId,
    side: 'requester' | 'accepter',
    isAllowed: boolean,
    options: CallOptions = {},
  ): Promise<void> {
    const wish = { AllowDnsResolutionFromRemoteVpc: isAllowed };
    return this.#ec2.call(
      'ec2:ModifyVpcPeeringConnectionOptions',
      async (client, api, http) => {
        const command = new api.ModifyVpcPeeringConnectionOptionsCommand({
          VpcPeeringConnectionId,
          ...(side === 'requester'
            ? { RequesterPeeringConnectionOptions: wish }
            : { AccepterPeeringConnectionOptions: wish }),
        });
        await client.send(command, http);
      },
      options,
    );
  }
}
