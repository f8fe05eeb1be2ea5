import type { UnsuccessfulItem } from '@aws-sdk/client-ec2';
import type { AllowedPrincipal, EndpointConnection } from '../core/endpointService';
import type { EndpointServiceConfiguration } from '../core/endpointServiceConfiguration';
import type { LabError } from '../core/errors';
import type { EndpointServiceId, VpcEndpointId } from '../core/ids';
import type { CallOptions } from '../core/ports/calls';
import type {
  CreateEndpointServiceInput,
  EndpointServiceChange,
  EndpointServiceGateway,
  PrincipalChange,
} from '../core/ports/endpointServiceGateway';
import { refusedInAnswer } from './errors';
import { wireServiceChange } from './mapping/endpointServiceChange';
import { mapAllowedPrincipal, mapConnection, mapEndpointService } from './mapping/mapEndpointService';
import { nothingWhen } from './nothingWhen';
import { allPages, PAGE_SIZE } from './paging';
import type { Ec2 } from './services/connect';
import { tagSpecification } from './tagSpecification';

type Refused = ReadonlyMap<VpcEndpointId, LabError>;

/** Endpoint services of one's own and who is connected to them, by EC2. */
export class AwsEndpointServiceGateway implements EndpointServiceGateway {
  readonly #ec2: Ec2;

  constructor(ec2: Ec2) {
    this.#ec2 = ec2;
  }

  listOwnServices(options: CallOptions = {}): Promise<readonly EndpointServiceConfiguration[]> {
    const action = 'ec2:DescribeVpcEndpointServiceConfigurations';
    return allPages(action, token =>
      this.#ec2.call(
        action,
        async (client, api, http) => {
          const command = new api.DescribeVpcEndpointServiceConfigurationsCommand({
            MaxResults: PAGE_SIZE,
            NextToken: token,
          });
          const answer = await client.send(command, http);
          return {
            items: answer.ServiceConfigurations?.map(wire => mapEndpointService(wire, this.#region)),
            nextToken: answer.NextToken,
          };
        },
        options,
      ),
    );
  }

  findOwnService(id: EndpointServiceId, options: CallOptions = {}): Promise<EndpointServiceConfiguration | undefined> {
    return nothingWhen('resourceNotFound', () =>
      this.#ec2.call(
        'ec2:DescribeVpcEndpointServiceConfigurations',
        async (client, api, http) => {
          const command = new api.DescribeVpcEndpointServiceConfigurationsCommand({ ServiceIds: [id] });
          const wire = (await client.send(command, http)).ServiceConfigurations?.[0];
          return wire && mapEndpointService(wire, this.#region);
        },
        options,
      ),
    );
  }

  createService(input: CreateEndpointServiceInput, options: CallOptions = {}): Promise<EndpointServiceConfiguration> {
    return this.#ec2.call(
      'ec2:CreateVpcEndpointServiceConfiguration',
      async (client, api, http) => {
        const command = new api.CreateVpcEndpointServiceConfigurationCommand({
          NetworkLoadBalancerArns: [...input.networkLoadBalancerArns],
          // Left out, AWS takes it as on.
          AcceptanceRequired: input.isAcceptanceRequired,
          ...(input.privateDnsName !== undefined && { PrivateDnsName: input.privateDnsName }),
          ...(input.supportedRegions?.length && { SupportedRegions: [...input.supportedRegions] }),
          ClientToken: input.clientToken,
          TagSpecifications: tagSpecification('vpc-endpoint-service', input.tags),
        });
        const answer = await client.send(command, http);
        return mapEndpointService(answer.ServiceConfiguration ?? {}, this.#region);
      },
      options,
    );
  }

  modifyService(id: EndpointServiceId, change: EndpointServiceChange, options: CallOptions = {}): Promise<void> {
    return this.#ec2.call(
      'ec2:ModifyVpcEndpointServiceConfiguration',
      async (client, api, http) => {
        const input = { ServiceId: id, ...wireServiceChange(change) };
        await client.send(new api.ModifyVpcEndpointServiceConfigurationCommand(input), http);
      },
      options,
    );
  }

  async deleteService(id: EndpointServiceId, options: CallOptions = {}): Promise<void> {
    const action = 'ec2:DeleteVpcEndpointServiceConfigurations';
    const refused = await this.#ec2.call(
      action,
      async (client, api, http) => {
        const command = new api.DeleteVpcEndpointServiceConfigurationsCommand({ ServiceIds: [id] });
        return (await client.send(command, http)).Unsuccessful?.[0];
      },
      options,
    );
    if (refused) throw refusedInAnswer(refused.Error, action, { serviceId: id });
  }

  listAllowedPrincipals(id: EndpointServiceId, options: CallOptions = {}): Promise<readonly AllowedPrincipal[]> {
    const action = 'ec2:DescribeVpcEndpointServicePermissions';
    return allPages(action, token =>
      this.#ec2.call(
        action,
        async (client, api, http) => {
          const command = new api.DescribeVpcEndpointServicePermissionsCommand({
            ServiceId: id,
            MaxResults: PAGE_SIZE,
            NextToken: token,
          });
          const answer = await client.send(command, http);
          return { items: answer.AllowedPrincipals?.map(mapAllowedPrincipal), nextToken: answer.NextToken };
        },
        options,
      ),
    );
  }

  modifyAllowedPrincipals(
    id: EndpointServiceId,
    { add = [], remove = [] }: PrincipalChange,
    options: CallOptions = {},
  ): Promise<void> {
    return this.#ec2.call(
      'ec2:ModifyVpcEndpointServicePermissions',
      async (client, api, http) => {
        const command = new api.ModifyVpcEndpointServicePermissionsCommand({
          ServiceId: id,
          ...(add.length > 0 && { AddAllowedPrincipals: [...add] }),
          ...(remove.length > 0 && { RemoveAllowedPrincipals: [...remove] }),
        });
        await client.send(command, http);
      },
      options,
    );
  }

  listConnections(options: CallOptions = {}): Promise<readonly EndpointConnection[]> {
    const action = 'ec2:DescribeVpcEndpointConnections';
    return allPages(action, token =>
      this.#ec2.call(
        action,
        async (client, api, http) => {
          const command = new api.DescribeVpcEndpointConnectionsCommand({ MaxResults: PAGE_SIZE, NextToken: token });
          const answer = await client.send(command, http);
          return {
            items: answer.VpcEndpointConnections?.map(wire => mapConnection(wire, this.#region)),
            nextToken: answer.NextToken,
          };
        },
        options,
      ),
    );
  }

  acceptConnections(
    id: EndpointServiceId,
    endpointIds: readonly VpcEndpointId[],
    options: CallOptions = {},
  ): Promise<Refused> {
    const action = 'ec2:AcceptVpcEndpointConnections';
    return this.#ec2.call(
      action,
      async (client, api, http) => {
        const input = { ServiceId: id, VpcEndpointIds: [...endpointIds] };
        const answer = await client.send(new api.AcceptVpcEndpointConnectionsCommand(input), http);
        return refusedOf(answer.Unsuccessful, endpointIds, action);
      },
      options,
    );
  }

  rejectConnections(
    id: EndpointServiceId,
    endpointIds: readonly VpcEndpointId[],
    options: CallOptions = {},
  ): Promise<Refused> {
    const action = 'ec2:RejectVpcEndpointConnections';
    return this.#ec2.call(
      action,
      async (client, api, http) => {
        const input = { ServiceId: id, VpcEndpointIds: [...endpointIds] };
        const answer = await client.send(new api.RejectVpcEndpointConnectionsCommand(input), http);
        return refusedOf(answer.Unsuccessful, endpointIds, action);
      },
      options,
    );
  }

  startPrivateDnsVerification(id: EndpointServiceId, options: CallOptions = {}): Promise<void> {
    return this.#ec2.call(
      'ec2:StartVpcEndpointServicePrivateDnsVerification',
      async (client, api, http) => {
        await client.send(new api.StartVpcEndpointServicePrivateDnsVerificationCommand({ ServiceId: id }), http);
      },
      options,
    );
  }

  get #region() {
    return this.#ec2.connection.region;
  }
}

/** AWS answers 200 and puts refusals into the body, by endpoint; one that names none stands for all that were asked for. */
function refusedOf(
  unsuccessful: readonly UnsuccessfulItem[] | undefined,
  asked: readonly VpcEndpointId[],
  action: string,
): Refused {
  const refused = (unsuccessful ?? []).flatMap(({ ResourceId, Error: cause }) => {
    const ids = asked.includes(ResourceId as VpcEndpointId) ? [ResourceId as VpcEndpointId] : asked;
    return ids.map(endpointId => [endpointId, refusedInAnswer(cause, action, { endpointId })] as const);
  });
  return new Map(refused);
}
