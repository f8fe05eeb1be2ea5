import { partitionOf } from '../core/partition';
import type { Scope } from './appModel';
import { awsCommand } from './changes/awsCommand';

/** What names a resource outside this window. */
export interface ResourceReference {
  /** As AWS gives it, such as `vpce-…`; an ARN for what has no other id. */
  readonly id: string;
  /** Whose it is, when it need not be the scope's own account. */
  readonly ownerId?: string | undefined;
  readonly dnsName?: string | undefined;
}

interface ResourceForm {
  readonly id: RegExp;
  /** Its type in an ARN ("Service Authorization Reference: Amazon EC2, Resource types"). */
  readonly arnType: string;
  /** Service, operation and flag of the AWS CLI. */
  readonly describe: readonly [service: string, operation: string, flag: string];
  /** Console and fragment of its page; the id follows. */
  readonly page: readonly [console: 'vpcconsole' | 'ec2', fragment: string];
}

const form = (
  prefix: string,
  arnType: string,
  [operation, flag]: readonly [string, string],
  page: ResourceForm['page'],
): ResourceForm => ({ id: new RegExp(`^${prefix}-[0-9a-f]+$`), arnType, describe: ['ec2', operation, flag], page });

const forms: readonly ResourceForm[] = [
  form(
    'vpce',
    'vpc-endpoint',
    ['describe-vpc-endpoints', 'vpc-endpoint-ids'],
    ['vpcconsole', 'EndpointDetails:vpcEndpointId'],
  ),
  form(
    'eice',
    'instance-connect-endpoint',
    ['describe-instance-connect-endpoints', 'instance-connect-endpoint-ids'],
    ['vpcconsole', 'EndpointDetails:vpcEndpointId'],
  ),
  form(
    'vpce-svc',
    'vpc-endpoint-service',
    ['describe-vpc-endpoint-service-configurations', 'service-ids'],
    ['vpcconsole', 'EndpointServiceDetails:serviceId'],
  ),
  form(
    'pcx',
    'vpc-peering-connection',
    ['describe-vpc-peering-connections', 'vpc-peering-connection-ids'],
    ['vpcconsole', 'PeeringConnectionDetails:VpcPeeringConnectionId'],
  ),
  form('vpc', 'vpc', ['describe-vpcs', 'vpc-ids'], ['vpcconsole', 'VpcDetails:VpcId']),
  form('subnet', 'subnet', ['describe-subnets', 'subnet-ids'], ['vpcconsole', 'SubnetDetails:subnetId']),
  form(
    'rtb',
    'route-table',
    ['describe-route-tables', 'route-table-ids'],
    ['vpcconsole', 'RouteTableDetails:RouteTableId'],
  ),
  form('sg', 'security-group', ['describe-security-groups', 'group-ids'], ['vpcconsole', 'SecurityGroup:groupId']),
  form('i', 'instance', ['describe-instances', 'instance-ids'], ['ec2', 'InstanceDetails:instanceId']),
  form(
    'eni',
    'network-interface',
    ['describe-network-interfaces', 'network-interface-ids'],
    ['ec2', 'NetworkInterface:networkInterfaceId'],
  ),
  {
    id: /^arn:.*:loadbalancer\//,
    arnType: '',
    describe: ['elbv2', 'describe-load-balancers', 'load-balancer-arns'],
    page: ['ec2', 'LoadBalancer:loadBalancerArn'],
  },
  {
    id: /^arn:.*:targetgroup\//,
    arnType: '',
    describe: ['elbv2', 'describe-target-groups', 'target-group-arns'],
    page: ['ec2', 'TargetGroup:targetGroupArn'],
  },
];

const formOf = ({ id }: ResourceReference) => forms.find(each => each.id.test(id));

/** `arn:aws:ec2:ap-south-1:111122223333:vpc-endpoint/vpce-…`; undefined for an id of no form that we know. */
export function arnOf(reference: ResourceReference, region: string, accountId: string): string | undefined {
  const known = formOf(reference);
  if (!known || reference.id.startsWith('arn:')) return known && reference.id;
  const owner = reference.ownerId || accountId;
  return `arn:${partitionOf(region).id}:ec2:${region}:${owner}:${known.arnType}/${reference.id}`;
}

/** The AWS CLI line that shows it; undefined for an id of no form that we know. */
export function describeCommandOf(
  reference: ResourceReference,
  scope: Pick<Scope, 'region' | 'saved'>,
): string | undefined {
  const known = formOf(reference);
  if (!known) return undefined;
  const [service, operation, flag] = known.describe;
  return awsCommand(scope, service, operation, { [flag]: reference.id });
}

/** Each partition has a console of its own ("AWS Management Console: endpoints by partition"). */
const consoleHosts = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
} as const;

/** Where a service's quotas stand and are raised; undefined on practice and on a local cloud. */
export function quotasUrlOf(service: string, { kind, region }: Pick<Scope, 'kind' | 'region'>): string | undefined {
  if (kind !== 'live') return undefined;
  const place = encodeURIComponent(region);
  return `https://${place}.${consoleHosts[partitionOf(region).id]}/servicequotas/home/services/${service}/quotas?region=${place}`;
}

/** Its page in the AWS console; undefined where there is none: on practice, on a local cloud, for an id of no form that we know. */
export function consoleUrlOf(reference: ResourceReference, scope: Pick<Scope, 'kind' | 'region'>): string | undefined {
  const known = formOf(reference);
  if (!known || scope.kind !== 'live') return undefined;
  const [page, fragment] = known.page;
  const region = encodeURIComponent(scope.region);
  const host = consoleHosts[partitionOf(scope.region).id];
  return `https://${region}.${host}/${page}/home?region=${region}#${fragment}=${encodeURIComponent(reference.id)}`;
}
