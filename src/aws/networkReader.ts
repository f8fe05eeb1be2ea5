import type * as Wire from '@aws-sdk/client-ec2';
import { groupBy } from '../base/groupBy';
import type { VpcId } from '../core/ids';
import { prefixListId } from '../core/ids';
import type { NatGateway } from '../core/natGateway';
import type {
  DhcpOptions,
  Instance,
  InternetGateway,
  NetworkAcl,
  NetworkInterface,
  PrefixList,
  RouteTable,
  SecurityGroup,
  Subnet,
  Vpc,
  VpcDnsAttributes,
  VpcEndpoint,
} from '../core/network';
import type { PeeringConnection } from '../core/peering';
import type { CallOptions } from '../core/ports/calls';
import { required } from './mapping/fields';
import { mapEndpoint } from './mapping/mapEndpoint';
import { mapInstance } from './mapping/mapInstance';
import { mapNatGateway } from './mapping/mapNatGateway';
import { mapNetworkAcl } from './mapping/mapNetworkAcl';
import { mapNetworkInterface } from './mapping/mapNetworkInterface';
import { mapPeering } from './mapping/mapPeering';
import { mapRouteTable } from './mapping/mapRouteTable';
import { mapSecurityGroup } from './mapping/mapSecurityGroup';
import { mapDhcpOptions, mapInternetGateway, mapSubnet, mapVpc } from './mapping/mapVpc';
import { allPages, PAGE_SIZE } from './paging';
import type { Ec2 } from './services/connect';

type Api = Parameters<Parameters<Ec2['call']>[1]>[1];
type Client = Parameters<Parameters<Ec2['call']>[1]>[0];
type PageInput = { readonly MaxResults: number; readonly NextToken: string | undefined };
type Http = Parameters<Parameters<Ec2['call']>[1]>[2];

/** Reads one part of a network, all its pages. Rejects with a `LabError`. */
export class NetworkReader {
  readonly #ec2: Ec2;
  readonly #options: CallOptions;

  constructor(ec2: Ec2, options: CallOptions) {
    this.#ec2 = ec2;
    this.#options = options;
  }

  vpcs(): Promise<readonly Vpc[]> {
    return this.#list('ec2:DescribeVpcs', async (client, api, page, http) => {
      const answer = await client.send(new api.DescribeVpcsCommand(page), http);
      return { items: answer.Vpcs?.map(mapVpc), nextToken: answer.NextToken };
    });
  }

  /** Two calls for each VPC: DescribeVpcs does not return them, and the attribute call gives one at a time. */
  async dnsAttributes(id: VpcId): Promise<VpcDnsAttributes> {
    const [support, hostnames] = await Promise.all([
      this.#vpcAttribute(id, 'enableDnsSupport'),
      this.#vpcAttribute(id, 'enableDnsHostnames'),
    ]);
    return {
      enableDnsSupport: support.EnableDnsSupport?.Value ?? false,
      enableDnsHostnames: hostnames.EnableDnsHostnames?.Value ?? false,
    };
  }

  dhcpOptions(): Promise<readonly DhcpOptions[]> {
    return this.#list('ec2:DescribeDhcpOptions', async (client, api, page, http) => {
      const answer = await client.send(new api.DescribeDhcpOptionsCommand(page), http);
      return { items: answer.DhcpOptions?.map(mapDhcpOptions), nextToken: answer.NextToken };
    });
  }

  subnets(): Promise<readonly Subnet[]> {
    return this.#list('ec2:DescribeSubnets', async (client, api, page, http) => {
      const answer = await client.send(new api.DescribeSubnetsCommand(page), http);
      return { items: answer.Subnets?.map(mapSubnet), nextToken: answer.NextToken };
    });
  }

  routeTables(): Promise<readonly RouteTable[]> {
    return this.#list('ec2:DescribeRouteTables', async (client, api, page, http) => {
      const answer = await client.send(new api.DescribeRouteTablesCommand(page), http);
      return { items: answer.RouteTables?.map(mapRouteTable), nextToken: answer.NextToken };
    });
  }

  internetGateways(): Promise<readonly InternetGateway[]> {
    return this.#list('ec2:DescribeInternetGateways', async (client, api, page, http) => {
      const answer = await client.send(new api.DescribeInternetGatewaysCommand(page), http);
      return { items: answer.InternetGateways?.map(mapInternetGateway), nextToken: answer.NextToken };
    });
  }

  networkAcls(): Promise<readonly NetworkAcl[]> {
    return this.#list('ec2:DescribeNetworkAcls', async (client, api, page, http) => {
      const answer = await client.send(new api.DescribeNetworkAclsCommand(page), http);
      return { items: answer.NetworkAcls?.map(mapNetworkAcl), nextToken: answer.NextToken };
    });
  }

  networkInterfaces(): Promise<readonly NetworkInterface[]> {
    return this.#list('ec2:DescribeNetworkInterfaces', async (client, api, page, http) => {
      const answer = await client.send(new api.DescribeNetworkInterfacesCommand(page), http);
      return { items: answer.NetworkInterfaces?.map(mapNetworkInterface), nextToken: answer.NextToken };
    });
  }

  endpoints(): Promise<readonly VpcEndpoint[]> {
    return this.#list('ec2:DescribeVpcEndpoints', async (client, api, page, http) => {
      const answer = await client.send(new api.DescribeVpcEndpointsCommand(page), http);
      return { items: answer.VpcEndpoints?.map(mapEndpoint), nextToken: answer.NextToken };
    });
  }

  instances(): Promise<readonly Instance[]> {
    return this.#list('ec2:DescribeInstances', async (client, api, page, http) => {
      const answer = await client.send(new api.DescribeInstancesCommand(page), http);
      const items = answer.Reservations?.flatMap(({ Instances }) => (Instances ?? []).map(mapInstance));
      return { items, nextToken: answer.NextToken };
    });
  }

  natGateways(): Promise<readonly NatGateway[]> {
    return this.#list('ec2:DescribeNatGateways', async (client, api, page, http) => {
      const answer = await client.send(new api.DescribeNatGatewaysCommand(page), http);
      return { items: answer.NatGateways?.map(mapNatGateway), nextToken: answer.NextToken };
    });
  }

  peeringConnections(): Promise<readonly PeeringConnection[]> {
    return this.#list('ec2:DescribeVpcPeeringConnections', async (client, api, page, http) => {
      const answer = await client.send(new api.DescribeVpcPeeringConnectionsCommand(page), http);
      return { items: answer.VpcPeeringConnections?.map(mapPeering), nextToken: answer.NextToken };
    });
  }

  async securityGroups(): Promise<readonly SecurityGroup[]> {
    const [groups, rules] = await Promise.all([
      this.#list('ec2:DescribeSecurityGroups', async (client, api, page, http) => {
        const answer = await client.send(new api.DescribeSecurityGroupsCommand(page), http);
        return { items: answer.SecurityGroups, nextToken: answer.NextToken };
      }),
      this.#list('ec2:DescribeSecurityGroupRules', async (client, api, page, http) => {
        const answer = await client.send(new api.DescribeSecurityGroupRulesCommand(page), http);
        return { items: answer.SecurityGroupRules, nextToken: answer.NextToken };
      }),
    ]);
    const rulesOf = groupBy(rules, rule => rule.GroupId);
    return groups.map(group => mapSecurityGroup(group, rulesOf.get(group.GroupId) ?? []));
  }

  /** AWS's own lists come with their ranges; those of customers want a call each. */
  async prefixLists(): Promise<readonly PrefixList[]> {
    const [own, managed] = await Promise.all([
      this.#list('ec2:DescribePrefixLists', async (client, api, page, http) => {
        const answer = await client.send(new api.DescribePrefixListsCommand(page), http);
        return { items: answer.PrefixLists, nextToken: answer.NextToken };
      }),
      this.#list('ec2:DescribeManagedPrefixLists', async (client, api, page, http) => {
        const answer = await client.send(new api.DescribeManagedPrefixListsCommand(page), http);
        return { items: answer.PrefixLists, nextToken: answer.NextToken };
      }),
    ]);
    const customers = managed.filter(({ PrefixListId, AddressFamily }) => {
      return AddressFamily !== 'IPv6' && !own.some(list => list.PrefixListId === PrefixListId);
    });
    return [
      ...own.map(list => mapPrefixList(list.PrefixListId, list.PrefixListName, list.Cidrs)),
      ...(await Promise.all(customers.map(list => this.#withEntries(list)))),
    ];
  }

  async #withEntries(list: Wire.ManagedPrefixList): Promise<PrefixList> {
    const entries = await this.#list('ec2:GetManagedPrefixListEntries', async (client, api, page, http) => {
      const command = new api.GetManagedPrefixListEntriesCommand({ ...page, PrefixListId: list.PrefixListId });
      const answer = await client.send(command, http);
      return { items: answer.Entries, nextToken: answer.NextToken };
    });
    const ranges = entries.flatMap(({ Cidr }) => Cidr ?? []);
    return mapPrefixList(list.PrefixListId, list.PrefixListName, ranges);
  }

  #vpcAttribute(id: VpcId, attribute: Wire.VpcAttributeName): Promise<Wire.DescribeVpcAttributeResult> {
    return this.#ec2.call(
      'ec2:DescribeVpcAttribute',
      (client, api, http) =>
        client.send(new api.DescribeVpcAttributeCommand({ VpcId: id, Attribute: attribute }), http),
      this.#options,
    );
  }

  #list<T>(
    action: string,
    readPage: (
      client: Client,
      api: Api,
      page: PageInput,
      http: Http,
    ) => Promise<{ readonly items: readonly T[] | undefined; readonly nextToken: string | undefined }>,
  ): Promise<readonly T[]> {
    return allPages(action, NextToken =>
      this.#ec2.call(
        action,
        (client, api, http) => readPage(client, api, { MaxResults: PAGE_SIZE, NextToken }, http),
        this.#options,
      ),
    );
  }
}

function mapPrefixList(
  id: string | undefined,
  name: string | undefined,
  cidrs: readonly string[] | undefined,
): PrefixList {
  return { id: required('PrefixListId', id, prefixListId), name: name ?? '', cidrs: cidrs ?? [] };
}
