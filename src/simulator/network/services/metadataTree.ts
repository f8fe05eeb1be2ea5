import { decodeBase64 } from '../../../base/base64';
import { privateHostName, publicHostName } from '../../../core/hostNames';
import type { Instance, NetworkInterface, Place, SecurityGroup, Subnet, Vpc } from '../../../core/network';
import type { InstanceDetails } from '../../world/instanceDetails';
import type { RoleCredentials } from '../../world/regionState';

/** What the metadata service tells an instance about itself. */
export interface MetadataSubject {
  readonly place: Place;
  readonly instance: Instance;
  readonly details: InstanceDetails | undefined;
  readonly networkInterface: NetworkInterface;
  readonly subnet: Subnet;
  readonly vpc: Vpc;
  readonly groups: readonly SecurityGroup[];
  readonly credentials: RoleCredentials | undefined;
}

/** Every leaf below `/`, without slashes at its ends. */
export function metadataTree(subject: MetadataSubject, nowMs: number): ReadonlyMap<string, string> {
  const leaves = {
    ...prefixed('latest/meta-data', {
      ...instanceLeaves(subject),
      ...interfaceLeaves(subject),
      ...roleLeaves(subject, nowMs),
      ...tagLeaves(subject),
    }),
    ...userDataLeaf(subject),
    'latest/dynamic/instance-identity/document': identityDocument(subject),
  };
  return new Map(Object.entries(leaves));
}

/** Only where the launch asks for it ("Access instance tags in the instance metadata"). */
function tagLeaves({ instance, details }: MetadataSubject): Record<string, string> {
  return details?.metadata.showsTags ? prefixed('tags/instance', instance.tags) : {};
}

function userDataLeaf({ details }: MetadataSubject): Record<string, string> {
  const userData = details?.userData === undefined ? undefined : decodeBase64(details.userData);
  return userData ? { 'latest/user-data': new TextDecoder().decode(userData) } : {};
}

/** Names directly below a path, as the service lists them: a slash behind those that hold more. */
export function listChildren(tree: ReadonlyMap<string, string>, path: string): readonly string[] {
  const start = path === '' ? '' : `${path}/`;
  const children = new Set<string>();
  for (const key of tree.keys()) {
    if (!key.startsWith(start)) continue;
    const [child = '', ...deeper] = key.slice(start.length).split('/');
    children.add(deeper.length > 0 ? `${child}/` : child);
  }
  return [...children].sort();
}

function prefixed(prefix: string, leaves: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(leaves).map(([key, value]) => [`${prefix}/${key}`, value]));
}

function instanceLeaves({
  place,
  instance,
  details,
  networkInterface,
  subnet,
  groups,
}: MetadataSubject): Record<string, string> {
  const hostName = privateHostName(networkInterface.privateIpAddress, place.region);
  return {
    'ami-id': instance.imageId,
    'ami-launch-index': String(details?.launchIndex ?? 0),
    hostname: hostName,
    'instance-action': 'none',
    'instance-id': instance.id,
    'instance-life-cycle': 'on-demand',
    'instance-type': instance.instanceType,
    'local-hostname': hostName,
    'local-ipv4': networkInterface.privateIpAddress,
    mac: networkInterface.macAddress,
    'placement/availability-zone': subnet.availabilityZone,
    'placement/availability-zone-id': subnet.availabilityZoneId,
    'placement/region': place.region,
    profile: 'default-hvm',
    ...(details ? { 'reservation-id': details.reservationId } : {}),
    'security-groups': groups.map(({ name }) => name).join('\n'),
    'services/domain': 'amazonaws.com',
    'services/partition': 'aws',
    ...publicLeaves(networkInterface.publicIpAddress, place.region),
  };
}

function publicLeaves(address: string | undefined, region: string): Record<string, string> {
  return address ? { 'public-ipv4': address, 'public-hostname': publicHostName(address, region) } : {};
}

function interfaceLeaves({ place, networkInterface, subnet, vpc, groups }: MetadataSubject): Record<string, string> {
  const { macAddress, privateIpAddress, publicIpAddress } = networkInterface;
  return prefixed(`network/interfaces/macs/${macAddress}`, {
    'device-number': '0',
    'interface-id': networkInterface.id,
    'local-hostname': privateHostName(privateIpAddress, place.region),
    'local-ipv4s': privateIpAddress,
    mac: macAddress,
    'owner-id': place.accountId,
    'security-group-ids': groups.map(({ id }) => id).join('\n'),
    'security-groups': groups.map(({ name }) => name).join('\n'),
    'subnet-id': subnet.id,
    'subnet-ipv4-cidr-block': subnet.cidrBlock,
    'vpc-id': vpc.id,
    'vpc-ipv4-cidr-block': vpc.cidrBlocks[0] ?? '',
    'vpc-ipv4-cidr-blocks': vpc.cidrBlocks.join('\n'),
    ...(publicIpAddress ? { 'public-ipv4s': publicIpAddress } : {}),
  });
}

/** An instance without a usable role has no `iam/security-credentials` at all. */
function roleLeaves({ instance, credentials }: MetadataSubject, nowMs: number): Record<string, string> {
  if (!credentials || !instance.instanceProfileArn) return {};
  const lastUpdated = iso(nowMs);
  return {
    'iam/info': json({
      Code: 'Success',
      LastUpdated: lastUpdated,
      InstanceProfileArn: instance.instanceProfileArn,
      InstanceProfileId: `AIPA${instance.id.slice(2).toUpperCase()}`,
    }),
    [`iam/security-credentials/${credentials.roleName}`]: json({
      Code: 'Success',
      LastUpdated: lastUpdated,
      Type: 'AWS-HMAC',
      AccessKeyId: credentials.accessKeyId,
      SecretAccessKey: credentials.secretAccessKey,
      Token: credentials.sessionToken,
      Expiration: iso(credentials.expiresAtMs),
    }),
  };
}

function identityDocument({ place, instance, networkInterface, subnet }: MetadataSubject): string {
  return json({
    accountId: place.accountId,
    architecture: isArm(instance.instanceType) ? 'arm64' : 'x86_64',
    availabilityZone: subnet.availabilityZone,
    billingProducts: null,
    devpayProductCodes: null,
    marketplaceProductCodes: null,
    imageId: instance.imageId,
    instanceId: instance.id,
    instanceType: instance.instanceType,
    kernelId: null,
    pendingTime: iso(instance.launchedAtMs),
    privateIp: networkInterface.privateIpAddress,
    ramdiskId: null,
    region: place.region,
    version: '2017-09-30',
  });
}

/** Graviton families carry a `g` behind their generation, as in `t4g` and `c7gn`; `a1` was the first. */
function isArm(instanceType: string): boolean {
  return /^(?:a1|[a-z]+\d+g[a-z]*)\./.test(instanceType);
}

function json(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

function iso(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 19)}Z`;
}
