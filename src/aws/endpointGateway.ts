import type { CreateVpcEndpointCommandInput } from '@aws-sdk/client-ec2';
import { LabError } from '../core/errors';
import type { VpcEndpointId } from '../core/ids';
import type { EndpointServiceOffer, VpcEndpoint } from '../core/network';
import type { CallOptions, ListOptions } from '../core/ports/calls';
import type {
  CreateGatewayEndpointInput,
  CreateInterfaceEndpointInput,
  EndpointChange,
  EndpointGateway,
} from '../core/ports/endpointGateway';
import { wireAddressType, wireDnsOptions, wireEndpointChange } from './mapping/endpointChange';
import { mapEndpoint, mapService } from './mapping/mapEndpoint';
import { nothingWhen } from './nothingWhen';
import { allPages, PAGE_SIZE, rampedPageSize } from './paging';
import type { Ec2 } from './services/connect';
import { tagSpecification } from './tagSpecification';

/** Endpoints and the services they are made for, by EC2. */
export class AwsEndpointGateway implements EndpointGateway {
  readonly #ec2: Ec2;

  constructor(ec2: Ec2) {
    this.#ec2 = ec2;
  }

  listEndpoints({ onPage, ...options }: ListOptions<VpcEndpoint> = {}): Promise<readonly VpcEndpoint[]> {
    const action = 'ec2:DescribeVpcEndpoints';
    const readPage = (token: string | undefined) =>
      this.#ec2.call(
        action,
        async (client, api, http) => {
          const command = new api.DescribeVpcEndpointsCommand({ MaxResults: rampedPageSize(token), NextToken: token });
          const answer = await client.send(command, http);
          return { items: answer.VpcEndpoints?.map(mapEndpoint), nextToken: answer.NextToken };
        },
        options,
      );
    return allPages(action, readPage, onPage);
  }

  findEndpoint(id: VpcEndpointId, options: CallOptions = {}): Promise<VpcEndpoint | undefined> {
    return nothingWhen('endpointNotFound', () =>
      this.#ec2.call(
        'ec2:DescribeVpcEndpoints',
        async (client, api, http) => {
          const answer = await client.send(new api.DescribeVpcEndpointsCommand({ VpcEndpointIds: [id] }), http);
          const wire = answer.VpcEndpoints?.[0];
          return wire && mapEndpoint(wire);
        },
        options,
      ),
    );
  }

  listServices(options: CallOptions = {}): Promise<readonly EndpointServiceOffer[]> {
    const action = 'ec2:DescribeVpcEndpointServices';
    return allPages(action, token =>
      this.#ec2.call(
        action,
        async (client, api, http) => {
          const command = new api.DescribeVpcEndpointServicesCommand({ MaxResults: PAGE_SIZE, NextToken: token });
          const answer = await client.send(command, http);
          return { items: answer.ServiceDetails?.flatMap(mapService), nextToken: answer.NextToken };
        },
        options,
      ),
    );
  }

  findService(
    serviceName: string,
    region?: string,
    options: CallOptions = {},
  ): Promise<readonly EndpointServiceOffer[]> {
    const found = nothingWhen('serviceNotFound', () =>
      this.#ec2.call(
        'ec2:DescribeVpcEndpointServices',
        async (client, api, http) => {
          const command = new api.DescribeVpcEndpointServicesCommand({
            ServiceNames: [serviceName],
            ...(region !== undefined && { ServiceRegions: [region] }),
          });
          const answer = await client.send(command, http);
          return (answer.ServiceDetails ?? []).flatMap(mapService);
        },
        options,
      ),
    );
    return found.then(offers => offers ?? []);
  }

  createInterfaceEndpoint(input: CreateInterfaceEndpointInput, options: CallOptions = {}): Promise<VpcEndpoint> {
    return this.#create(
      {
        VpcEndpointType: 'Interface',
        VpcId: input.vpcId,
        ServiceName: input.serviceName,
        ...(input.serviceRegion !== undefined && { ServiceRegion: input.serviceRegion }),
        SubnetIds: [...input.subnetIds],
        SecurityGroupIds: [...input.securityGroupIds],
        // Left out, AWS takes it as on.
        PrivateDnsEnabled: input.privateDnsEnabled,
        ...wireDnsOptions(input),
        ...wireAddressType(input),
        ...(input.policyDocument !== undefined && { PolicyDocument: input.policyDocument }),
        ClientToken: input.clientToken,
        TagSpecifications: tagSpecification('vpc-endpoint', input.tags),
      },
      options,
    );
  }

  createGatewayEndpoint(input: CreateGatewayEndpointInput, options: CallOptions = {}): Promise<VpcEndpoint> {
    return this.#create(
      {
        VpcEndpointType: 'Gateway',
        VpcId: input.vpcId,
        ServiceName: input.serviceName,
        RouteTableIds: [...input.routeTableIds],
        ...(input.policyDocument !== undefined && { PolicyDocument: input.policyDocument }),
        ClientToken: input.clientToken,
        TagSpecifications: tagSpecification('vpc-endpoint', input.tags),
      },
      options,
    );
  }

  #create(request: CreateVpcEndpointCommandInput, options: CallOptions): Promise<VpcEndpoint> {
    return this.#ec2.call(
      'ec2:CreateVpcEndpoint',
      async (client, api, http) => {
        const answer = await client.send(new api.CreateVpcEndpointCommand(request), http);
        return mapEndpoint(answer.VpcEndpoint ?? {});
      },
      options,
    );
  }

  modifyEndpoint(id: VpcEndpointId, change: EndpointChange, options: CallOptions = {}): Promise<void> {
    return this.#ec2.call(
      'ec2:ModifyVpcEndpoint',
      async (client, api, http) => {
        await client.send(new api.ModifyVpcEndpointCommand({ VpcEndpointId: id, ...wireEndpointChange(change) }), http);
      },
      options,
    );
  }

  async deleteEndpoint(id: VpcEndpointId, options: CallOptions = {}): Promise<void> {
    const refused = (await this.deleteEndpoints([id], options)).get(id);
    if (refused) throw refused;
  }

  deleteEndpoints(
    ids: readonly VpcEndpointId[],
    options: CallOptions = {},
  ): Promise<ReadonlyMap<VpcEndpointId, LabError>> {
    const action = 'ec2:DeleteVpcEndpoints';
    return this.#ec2.call(
      action,
      async (client, api, http) => {
        const answer = await client.send(new api.DeleteVpcEndpointsCommand({ VpcEndpointIds: [...ids] }), http);
        const refused = (answer.Unsuccessful ?? []).map(({ ResourceId, Error: cause }) => {
          const id = ids.find(one => one === ResourceId) ?? (ids[0] as VpcEndpointId);
          return [id, notDeleted(id, action, cause?.Code ?? '', cause?.Message ?? '')] as const;
        });
        return new Map(refused);
      },
      options,
    );
  }

  modifyPrivateDns(id: VpcEndpointId, isEnabled: boolean, options: CallOptions = {}): Promise<void> {
    return this.modifyEndpoint(id, { privateDnsEnabled: isEnabled }, options);
  }
}

/** AWS answers 200 and puts the refusal into the body. */
function notDeleted(id: VpcEndpointId, action: string, cloudCode: string, detail: string): LabError {
  const code = cloudCode.endsWith('.NotFound') ? 'endpointNotFound' : 'endpointNotDeleted';
  return new LabError(code, { action, detail, endpointId: id }, { cloudCode });
}
