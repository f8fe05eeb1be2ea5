import type {
  ListenerDescription,
  LoadBalancerDescription,
  TargetDescription,
  TargetGroupDescription,
} from '../core/loadBalancerDescription';
import type { CallOptions } from '../core/ports/calls';
import type {
  CreateListenerInput,
  CreateNetworkLoadBalancerInput,
  CreateTargetGroupInput,
  LoadBalancerGateway,
  TargetInput,
} from '../core/ports/loadBalancerGateway';
import { required } from './mapping/fields';
import { mapListener, mapLoadBalancer, mapTarget, mapTargetGroup } from './mapping/mapLoadBalancer';
import { nothingWhen } from './nothingWhen';
import { allPages, PAGE_SIZE } from './paging';
import type { Elbv2 } from './services/connect';
import { tagList } from './tagSpecification';

/** Load balancers, target groups and listeners, by Elastic Load Balancing. */
export class AwsLoadBalancerGateway implements LoadBalancerGateway {
  readonly #elbv2: Elbv2;

  constructor(elbv2: Elbv2) {
    this.#elbv2 = elbv2;
  }

  listLoadBalancers(options: CallOptions = {}): Promise<readonly LoadBalancerDescription[]> {
    const action = 'elasticloadbalancing:DescribeLoadBalancers';
    return allPages(action, Marker =>
      this.#elbv2.call(
        action,
        async (client, api, http) => {
          const answer = await client.send(new api.DescribeLoadBalancersCommand({ PageSize: PAGE_SIZE, Marker }), http);
          return { items: answer.LoadBalancers?.map(mapLoadBalancer), nextToken: answer.NextMarker };
        },
        options,
      ),
    );
  }

  findLoadBalancer(arn: string, options: CallOptions = {}): Promise<LoadBalancerDescription | undefined> {
    return nothingWhen('resourceNotFound', () =>
      this.#elbv2.call(
        'elasticloadbalancing:DescribeLoadBalancers',
        async (client, api, http) => {
          const answer = await client.send(new api.DescribeLoadBalancersCommand({ LoadBalancerArns: [arn] }), http);
          return answer.LoadBalancers?.map(mapLoadBalancer)[0];
        },
        options,
      ),
    );
  }

  readLoadBalancerAttributes(arn: string, options: CallOptions = {}): Promise<Readonly<Record<string, string>>> {
    return this.#elbv2.call(
      'elasticloadbalancing:DescribeLoadBalancerAttributes',
      async (client, api, http) => {
        const answer = await client.send(new api.DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: arn }), http);
        return Object.fromEntries((answer.Attributes ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
      },
      options,
    );
  }

  setLoadBalancerAttributes(
    arn: string,
    attributes: Readonly<Record<string, string>>,
    options: CallOptions = {},
  ): Promise<void> {
    return this.#elbv2.call(
      'elasticloadbalancing:ModifyLoadBalancerAttributes',
      async (client, api, http) => {
        const Attributes = tagList(attributes);
        await client.send(new api.ModifyLoadBalancerAttributesCommand({ LoadBalancerArn: arn, Attributes }), http);
      },
      options,
    );
  }

  listTargetGroups(options: CallOptions = {}): Promise<readonly TargetGroupDescription[]> {
    const action = 'elasticloadbalancing:DescribeTargetGroups';
    return allPages(action, Marker =>
      this.#elbv2.call(
        action,
        async (client, api, http) => {
          const answer = await client.send(new api.DescribeTargetGroupsCommand({ PageSize: PAGE_SIZE, Marker }), http);
          return {
            items: answer.TargetGroups?.flatMap(group => mapTargetGroup(group) ?? []),
            nextToken: answer.NextMarker,
          };
        },
        options,
      ),
    );
  }

  listTargets(targetGroupArn: string, options: CallOptions = {}): Promise<readonly TargetDescription[]> {
    return this.#elbv2.call(
      'elasticloadbalancing:DescribeTargetHealth',
      async (client, api, http) => {
        const command = new api.DescribeTargetHealthCommand({ TargetGroupArn: targetGroupArn });
        return ((await client.send(command, http)).TargetHealthDescriptions ?? []).map(mapTarget);
      },
      options,
    );
  }

  listListeners(loadBalancerArn: string, options: CallOptions = {}): Promise<readonly ListenerDescription[]> {
    const action = 'elasticloadbalancing:DescribeListeners';
    return allPages(action, Marker =>
      this.#elbv2.call(
        action,
        async (client, api, http) => {
          const command = new api.DescribeListenersCommand({
            LoadBalancerArn: loadBalancerArn,
            PageSize: PAGE_SIZE,
            Marker,
          });
          const answer = await client.send(command, http);
          return { items: answer.Listeners?.map(mapListener), nextToken: answer.NextMarker };
        },
        options,
      ),
    );
  }

  createLoadBalancer(
    input: CreateNetworkLoadBalancerInput,
    options: CallOptions = {},
  ): Promise<LoadBalancerDescription> {
    return this.#elbv2.call(
      'elasticloadbalancing:CreateLoadBalancer',
      async (client, api, http) => {
        const command = new api.CreateLoadBalancerCommand({
          Name: input.name,
          Type: 'network',
          Scheme: input.scheme,
          Subnets: [...input.subnetIds],
          ...(input.securityGroupIds.length > 0 && { SecurityGroups: [...input.securityGroupIds] }),
          ...tagsIn(input),
        });
        return mapLoadBalancer((await client.send(command, http)).LoadBalancers?.[0] ?? {});
      },
      options,
    );
  }

  createTargetGroup(input: CreateTargetGroupInput, options: CallOptions = {}): Promise<TargetGroupDescription> {
    return this.#elbv2.call(
      'elasticloadbalancing:CreateTargetGroup',
      async (client, api, http) => {
        const command = new api.CreateTargetGroupCommand({
          Name: input.name,
          Protocol: input.protocol,
          Port: input.port,
          VpcId: input.vpcId,
          TargetType: input.targetType,
          ...tagsIn(input),
        });
        const made = (await client.send(command, http)).TargetGroups?.[0];
        return mapTargetGroup(made ?? {}) ?? required('TargetGroups', undefined, never);
      },
      options,
    );
  }

  createListener(input: CreateListenerInput, options: CallOptions = {}): Promise<ListenerDescription> {
    return this.#elbv2.call(
      'elasticloadbalancing:CreateListener',
      async (client, api, http) => {
        const command = new api.CreateListenerCommand({
          LoadBalancerArn: input.loadBalancerArn,
          Protocol: input.protocol,
          Port: input.port,
          DefaultActions: [{ Type: 'forward', TargetGroupArn: input.targetGroupArn }],
          ...tagsIn(input),
        });
        return mapListener((await client.send(command, http)).Listeners?.[0] ?? {});
      },
      options,
    );
  }

  registerTargets(targetGroupArn: string, targets: readonly TargetInput[], options: CallOptions = {}): Promise<void> {
    return this.#elbv2.call(
      'elasticloadbalancing:RegisterTargets',
      async (client, api, http) => {
        const input = { TargetGroupArn: targetGroupArn, Targets: targets.map(wireTarget) };
        await client.send(new api.RegisterTargetsCommand(input), http);
      },
      options,
    );
  }

  deregisterTargets(targetGroupArn: string, targets: readonly TargetInput[], options: CallOptions = {}): Promise<void> {
    return this.#elbv2.call(
      'elasticloadbalancing:DeregisterTargets',
      async (client, api, http) => {
        const input = { TargetGroupArn: targetGroupArn, Targets: targets.map(wireTarget) };
        await client.send(new api.DeregisterTargetsCommand(input), http);
      },
      options,
    );
  }

  deleteLoadBalancer(arn: string, options: CallOptions = {}): Promise<void> {
    return this.#elbv2.call(
      'elasticloadbalancing:DeleteLoadBalancer',
      async (client, api, http) => {
        await client.send(new api.DeleteLoadBalancerCommand({ LoadBalancerArn: arn }), http);
      },
      options,
    );
  }

  deleteListener(arn: string, options: CallOptions = {}): Promise<void> {
    return this.#elbv2.call(
      'elasticloadbalancing:DeleteListener',
      async (client, api, http) => {
        await client.send(new api.DeleteListenerCommand({ ListenerArn: arn }), http);
      },
      options,
    );
  }

  deleteTargetGroup(arn: string, options: CallOptions = {}): Promise<void> {
    return this.#elbv2.call(
      'elasticloadbalancing:DeleteTargetGroup',
      async (client, api, http) => {
        await client.send(new api.DeleteTargetGroupCommand({ TargetGroupArn: arn }), http);
      },
      options,
    );
  }
}

/** AWS refuses an empty list of tags. */
function tagsIn({ tags }: { readonly tags: Readonly<Record<string, string>> }) {
  const Tags = tagList(tags);
  return Tags.length > 0 ? { Tags } : {};
}

function wireTarget({ id, port }: TargetInput): { Id: string; Port?: number } {
  return { Id: id, ...(port !== undefined && { Port: port }) };
}

function never(text: string): never {
  throw new RangeError(text);
}
