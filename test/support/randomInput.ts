import type { NormalizedSchema } from '@smithy/core/schema';
import type { Chance } from '../../src/simulator/chance';
import { attachmentIdOf } from '../../src/simulator/operations/ec2/interfaceShapes';
import { aclAssociationId } from '../../src/simulator/operations/ec2/networkAcls';
import { mainSubject, routeTableAssociationId } from '../../src/simulator/operations/ec2/routeShapes';
import { vpcCidrAssociationId } from '../../src/simulator/operations/ec2/vpcs';
import { requiredMembers } from '../../src/simulator/protocols/decodeQuery';
import type { PlaceState } from '../../src/simulator/world/placeState';
import type { World } from '../../src/simulator/world/world';

const trust = (principal: unknown) =>
  JSON.stringify({ Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: principal } });

const permitting = JSON.stringify({ Statement: { Effect: 'Allow', Action: 'ec2:*', Resource: '*' } });

/** Values that make sense to some members, by the end of the member's name. */
const plausible: readonly (readonly [RegExp, readonly string[]])[] = [
  [/Cidr(Ip|Block)?$/, ['10.1.0.0/16', '10.1.1.0/28', '10.1.1.16/28', '172.31.128.0/24', '0.0.0.0/0', '10.1.0.0/99']],
  [/ServiceName$/, ['ec2', 's3', 'dynamodb', 'ssm', 'nothing'].map(code => `com.amazonaws.ap-south-1.${code}`)],
  [/VpcEndpointType$/, ['Interface', 'Interface', 'Gateway', 'GatewayLoadBalancer']],
  [/^Type$/, ['network', 'network', 'forward', 'application', 'String', 'String']],
  [/^Protocol$/, ['TCP', 'TCP', 'UDP', 'HTTP', 'TLS', '-1', '1']],
  [/^RuleAction$/, ['allow', 'deny']],
  [/^AddressFamily$/, ['IPv4', 'IPv4', 'IPv6']],
  [/^PeerOwnerId$/, ['111122223333', '444455556666', '1']],
  [/^(Peer|Service)Region$/, ['ap-south-1', 'ap-south-1', 'us-east-1', 'x']],
  [/^KeyType$/, ['ed25519']],
  [/^Attribute$/, ['userData', 'groupSet', 'description', 'sourceDestCheck', 'enableDnsSupport', 'attachment']],
  [/^ConnectivityType$/, ['public', 'private']],
  [/TargetType$/, ['instance', 'ip', 'alb']],
  [/Scheme$/, ['internal', 'internet-facing']],
  [/IpAddressType$/, ['ipv4', 'ipv4', 'ipv4', 'dualstack']],
  [/ImageId$/, ['resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64', 'ami-00000000']],
  [/InstanceType$/, ['t3.micro', 't4g.micro', 'nothing']],
  [/^UserName$/, ['provider', 'provider', 'first']],
  [/^RoleName$/, ['practice-instance', 'practice-instance', 'first']],
  [/^PolicyName$/, ['first', 'second']],
  [
    /^PolicySourceArn$/,
    ['arn:aws:iam::111122223333:user/provider', 'arn:aws:iam::111122223333:role/practice-instance'],
  ],
  [/^DocumentName$/, ['AWS-RunShellScript', 'AWS-RunShellScript', 'first']],
  [/^(Path|ParameterName)$/, ['/', '/aws/service/ami-amazon-linux-latest', 'a']],
  [/(GroupName|RoleName|InstanceProfileName|^Name)$/, ['practice-instance', 'default', 'first', 'second', 'vpc-id']],
  [
    /PolicyArn$/,
    [
      ...['AmazonEC2ReadOnlyAccess', 'AmazonSSMManagedInstanceCore'].map(name => `arn:aws:iam::aws:policy/${name}`),
      ...['first', 'second'].map(name => `arn:aws:iam::111122223333:policy/${name}`),
    ],
  ],
  [/^PolicyDocument$/, [permitting, permitting, trust({ Service: 'ec2.amazonaws.com' }), '{']],
  [/PolicyDocument$/, [trust({ Service: 'ec2.amazonaws.com' }), trust(null), trust([]), '{', '[]']],
  [/IpProtocol$/, ['tcp', 'udp', 'icmp', '-1', '50', 'none']],
  [/AvailabilityZone$/, ['ap-south-1a', 'ap-south-1b', 'ap-south-1z']],
  [/ResourceType$/, ['vpc-endpoint', 'instance', 'security-group', 'security-group-rule', 'subnet', 'vpc', 'image']],
  [/(Ipv4|PrivateIpAddress)$/, ['172.31.0.10', '10.1.1.5', '172.31.0.1', '1.2.3']],
  [/Principals$/, ['*', 'arn:aws:iam::444455556666:root', 'arn:aws:iam::444455556666:group/x', '444455556666']],
  [/PrivateDnsName$/, ['web.example.com', 'web.amazon.com', '-']],
  [/PathPrefix/, ['/', '/', 'a']],
  [/^Key$/, ['readme.txt', 'reports/2026/summary.csv', 'lab', 'Name']],
  [/ExpectedBucketOwner$/, ['111122223333']],
  [/^AliasName$/, ['alias/first', 'alias/second', 'alias/aws/ssm', 'first']],
  [/^CopySource$/, ['practice/readme.txt', 'x', '/a/b?versionId=null']],
];

/** Members that are always given: an RSA key, which is made where this is left out, takes long. */
const always: readonly string[] = ['KeyType'];

/** Members that seldom fit by chance, and spoil the rest when they do not. */
const seldom =
  /^(GrantTokens|Recipient|Checksum|ContentMD5|SSE|CopySourceSSE|ObjectLock|Grant|If[A-Z]|VersionId|\w*Ipv6|TransitGateway|CarrierGateway|LocalGateway|EgressOnly|CoreNetwork|Odb|LaunchTemplate|InstanceMarket|Outpost|\w*Ipam)/;

const junk = ['', 'x', '*', 'é😀', '\u0001<&>"', '__proto__', 'a'.repeat(300), '-1', ' '];

/** Ids of everything that is there, and of things that never were. */
function idsOf(world: World, region: PlaceState): readonly string[] {
  const rules = [...region.securityGroups.values()].flatMap(group => group.rules.map(({ id }) => id));
  const associations = [...region.instanceDetails.values()].flatMap(
    ({ profileAssociationId = [] }) => profileAssociationId,
  );
  const tables = [region.vpcs, region.subnets, region.securityGroups, region.routeTables, region.networkInterfaces];
  const more = [region.endpoints, region.instances, region.prefixLists, region.networkAcls, region.internetGateways];
  const machines = [region.instanceConnectEndpoints, region.keyPairs, region.volumes];
  const gateways = [region.natGateways, region.elasticAddresses, world.peeringConnections];
  const addressAssociations = [...region.elasticAddresses.values()].flatMap(({ associationId = [] }) => associationId);
  const wired = [
    ...[...region.routeTables.values()].flatMap(table => [
      ...(table.isMain ? [routeTableAssociationId(region, table, mainSubject)] : []),
      ...table.subnetIds.map(id => routeTableAssociationId(region, table, id)),
    ]),
    ...[...region.networkAcls.values()].flatMap(acl => acl.subnetIds.map(id => aclAssociationId(region, acl, id))),
    ...[...region.vpcs.values()].flatMap(vpc => vpc.cidrBlocks.map(cidr => vpcCidrAssociationId(region, vpc, cidr))),
    ...[...region.interfaceAttachments.keys()].map(id => attachmentIdOf(region, id)),
  ];
  const profiles = world.accounts.flatMap(account => [...account.instanceProfiles.values()].map(({ arn }) => arn));
  const balancing = [region.loadBalancers, region.targetGroups, region.listeners, region.endpointServices];
  return [
    ...[...tables, ...more, ...gateways, ...balancing, ...machines].flatMap(table => [...table.keys()] as string[]),
    ...[...rules, ...associations, ...addressAssociations, ...wired, ...profiles, ...world.buckets.keys()],
    ...[...region.kmsKeys.values()].map(({ arn }) => arn),
  ];
}

const associationPrefixes = ['iip-assoc-', 'rtbassoc-', 'aclassoc-', 'vpc-cidr-assoc-', 'eipassoc-'];

const prefixes: readonly (readonly [RegExp, string])[] = [
  [/ServiceIds?$/, 'vpce-svc-'],
  [/VpcEndpointIds?$/, 'vpce-'],
  [/VpcIds?$/, 'vpc-'],
  [/SubnetIds?$/, 'subnet-'],
  [/SecurityGroupRuleIds?$/, 'sgr-'],
  [/(GroupIds?|Groups)$/, 'sg-'],
  [/RouteTableIds?$/, 'rtb-'],
  [/NetworkInterfaceIds?$/, 'eni-'],
  [/(InstanceIds?|Target)$/, 'i-'],
  [/PrefixListIds?$/, 'pl-'],
  [/(InternetGatewayId|^GatewayId)s?$/, 'igw-'],
  [/NatGatewayIds?$/, 'nat-'],
  [/AllocationIds?$/, 'eipalloc-'],
  [/InstanceConnectEndpointIds?$/, 'eice-'],
  [/KeyPairIds?$/, 'key-'],
  [/VolumeIds?$/, 'vol-'],
  [/VpcPeeringConnectionIds?$/, 'pcx-'],
  [/AttachmentIds?$/, 'eni-attach-'],
  [
    /^(LoadBalancerArns?|NetworkLoadBalancerArns?|\w*NetworkLoadBalancerArns)$/,
    'arn:aws:elasticloadbalancing:ap-south-1:111122223333:loadbalancer/',
  ],
  [/TargetGroupArns?$/, 'arn:aws:elasticloadbalancing:ap-south-1:111122223333:targetgroup/'],
  [/ListenerArns?$/, 'arn:aws:elasticloadbalancing:ap-south-1:111122223333:listener/'],
  [/ResourceArns$/, 'arn:aws:elasticloadbalancing:'],
  [/^Bucket$/, 'practice-provider-ap-south-1-'],
  [/^(KeyId|TargetKeyId|SourceKeyId|DestinationKeyId)$/, 'arn:aws:kms:ap-south-1:111122223333:key/'],
  [/^Subnets$/, 'subnet-'],
  [/SecurityGroups$/, 'sg-'],
  [/^Id$/, 'i-'],
  [/Arn$/, 'arn:aws:iam::'],
];

/** Input for an operation that is mostly sensible and now and then nonsense, about what is in the world at the moment. */
export class RandomInput {
  constructor(
    private readonly world: World,
    private readonly region: PlaceState,
    private readonly chance: Chance,
  ) {}

  of(schema: NormalizedSchema, name = '', depth = 0): unknown {
    if (schema.isListSchema())
      return Array.from({ length: this.chance.between(1, 2) }, () => this.of(schema.getValueSchema(), name, depth + 1));
    if (schema.isMapSchema()) return { [this.#text('Key')]: this.of(schema.getValueSchema(), name, depth + 1) };
    if (schema.isStructSchema()) return this.#struct(schema, depth);
    if (schema.isBooleanSchema()) return name === 'DryRun' ? this.#isRare() : this.chance.between(0, 1) === 1;
    if (schema.isNumericSchema()) return this.#pick([0, 1, 2, 5, 22, 443, 1000, -1, 1e6, 2.5]);
    if (schema.isTimestampSchema()) return new Date(this.world.timeline.now());
    if (schema.isBlobSchema()) return new Uint8Array(3);
    return this.#text(name);
  }

  #struct(schema: NormalizedSchema, depth: number): unknown {
    const required = requiredMembers(schema);
    const oneIn = depth === 0 ? 4 : 2;
    const members = [...schema.structIterator()].filter(
      ([name]) =>
        required.includes(name) ||
        always.includes(name) ||
        (depth < 4 && this.chance.between(1, seldom.test(name) ? 40 : oneIn) === 1),
    );
    return Object.fromEntries(members.map(([name, member]) => [name, this.of(member, name, depth + 1)]));
  }

  #text(name: string): string {
    if (this.#isRare()) return this.#pick(junk);
    if (/AssociationIds?$/.test(name)) return this.#id(this.#pick(associationPrefixes));
    const prefix = prefixes.find(([form]) => form.test(name))?.[1];
    if (prefix !== undefined || name === 'Resources') return this.#id(prefix ?? '');
    if (name === 'ServiceName' && this.#isRare()) return this.#pick([...this.#ownServiceNames(), 'x']);
    const values = plausible.find(([form]) => form.test(name))?.[1];
    return this.#pick(values ?? ['x', 'true', '1', 'default', 'Name']);
  }

  #ownServiceNames(): readonly string[] {
    return [...this.region.endpointServices.values()].map(({ serviceName }) => serviceName);
  }

  #id(prefix: string): string {
    const ids = idsOf(this.world, this.region).filter(id => id.startsWith(prefix));
    return this.chance.between(1, 8) === 1 || ids.length === 0 ? `${prefix}0123456789abcdef0` : this.#pick(ids);
  }

  #isRare(): boolean {
    return this.chance.between(1, 25) === 1;
  }

  #pick<T>(values: readonly T[]): T {
    return values[this.chance.between(0, values.length - 1)] as T;
  }
}
