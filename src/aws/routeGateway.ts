import type { RouteTableId, SubnetId, VpcId } from '../core/ids';
import type { RouteTable, Tags } from '../core/network';
import type { CallOptions } from '../core/ports/calls';
import type { RouteGateway, RouteInput, WritableRouteTarget } from '../core/ports/routeGateway';
import { mapRouteTable } from './mapping/mapRouteTable';
import type { Ec2 } from './services/connect';
import { tagSpecification } from './tagSpecification';

/** Route tables, their routes and who uses them, by EC2. */
export class AwsRouteGateway implements RouteGateway {
  readonly #ec2: Ec2;

  constructor(ec2: Ec2) {
    this.#ec2 = ec2;
  }

  createRouteTable(
    input: { readonly vpcId: VpcId; readonly tags: Tags },
    options: CallOptions = {},
  ): Promise<RouteTable> {
    return this.#ec2.call(
      'ec2:CreateRouteTable',
      async (client, api, http) => {
        const command = new api.CreateRouteTableCommand({
          VpcId: input.vpcId,
          TagSpecifications: tagSpecification('route-table', input.tags),
        });
        return mapRouteTable((await client.send(command, http)).RouteTable ?? {});
      },
      options,
    );
  }

  deleteRouteTable(id: RouteTableId, options: CallOptions = {}): Promise<void> {
    return this.#ec2.call(
      'ec2:DeleteRouteTable',
      async (client, api, http) => {
        await client.send(new api.DeleteRouteTableCommand({ RouteTableId: id }), http);
      },
      options,
    );
  }

  async associateSubnet(id: RouteTableId, subnetId: SubnetId, options: CallOptions = {}): Promise<void> {
    // A rehearsal resolves nothing, so it asks for the association alone.
    const AssociationId = options.isRehearsal ? undefined : await this.#associationOf(subnetId, options);
    if (AssociationId === undefined) return this.#associate(id, subnetId, options);
    return this.#ec2.call(
      'ec2:ReplaceRouteTableAssociation',
      async (client, api, http) => {
        await client.send(new api.ReplaceRouteTableAssociationCommand({ AssociationId, RouteTableId: id }), http);
      },
      options,
    );
  }

  async disassociateSubnet(subnetId: SubnetId, options: CallOptions = {}): Promise<void> {
    const AssociationId = await this.#associationOf(subnetId, { signal: options.signal });
    if (AssociationId === undefined) return;
    await this.#ec2.call(
      'ec2:DisassociateRouteTable',
      (client, api, http) => client.send(new api.DisassociateRouteTableCommand({ AssociationId }), http),
      options,
    );
  }

  createRoute(route: RouteInput, options: CallOptions = {}): Promise<void> {
    return this.#ec2.call(
      'ec2:CreateRoute',
      async (client, api, http) => {
        await client.send(new api.CreateRouteCommand(wireRoute(route)), http);
      },
      options,
    );
  }

  replaceRoute(route: RouteInput, options: CallOptions = {}): Promise<void> {
    return this.#ec2.call(
      'ec2:ReplaceRoute',
      async (client, api, http) => {
        await client.send(new api.ReplaceRouteCommand(wireRoute(route)), http);
      },
      options,
    );
  }

  deleteRoute(
    { routeTableId, destination }: Pick<RouteInput, 'routeTableId' | 'destination'>,
    options: CallOptions = {},
  ): Promise<void> {
    return this.#ec2.call(
      'ec2:DeleteRoute',
      async (client, api, http) => {
        const command = new api.DeleteRouteCommand({ RouteTableId: routeTableId, DestinationCidrBlock: destination });
        await client.send(command, http);
      },
      options,
    );
  }

  #associate(RouteTableId: RouteTableId, SubnetId: SubnetId, options: CallOptions): Promise<void> {
    return this.#ec2.call(
      'ec2:AssociateRouteTable',
      async (client, api, http) => {
        await client.send(new api.AssociateRouteTableCommand({ RouteTableId, SubnetId }), http);
      },
      options,
    );
  }

  #associationOf(subnetId: SubnetId, options: CallOptions): Promise<string | undefined> {
    const Filters = [{ Name: 'association.subnet-id', Values: [subnetId] }];
    return this.#ec2.call(
      'ec2:DescribeRouteTables',
      async (client, api, http) => {
        const answer = await client.send(new api.DescribeRouteTablesCommand({ Filters }), http);
        const associations = (answer.RouteTables ?? []).flatMap(({ Associations }) => Associations ?? []);
        return associations.find(({ SubnetId }) => SubnetId === subnetId)?.RouteTableAssociationId;
      },
      options,
    );
  }
}

function wireRoute({ routeTableId, destination, target }: RouteInput) {
  return { RouteTableId: routeTableId, DestinationCidrBlock: destination, ...wireTarget(target) };
}

function wireTarget({ kind, id }: WritableRouteTarget) {
  switch (kind) {
    case 'internetGateway':
      return { GatewayId: id };
    case 'natGateway':
      return { NatGatewayId: id };
    case 'peeringConnection':
      return { VpcPeeringConnectionId: id };
    case 'networkInterface':
      return { NetworkInterfaceId: id };
  }
}
