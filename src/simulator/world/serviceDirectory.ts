import type { Region } from '../../core/ids';
import { contains, formatIpv4, ipv4, parseCidr, parseIpv4 } from '../../core/ipv4';
import { awsServiceName, privateNamesOfService } from '../../core/serviceNames';
import { practiceRegions } from './zones';

/** An AWS service of one region: its public names and addresses, and the endpoints that can be made for it. */
export interface DirectoryService {
  /** As in `com.amazonaws.<region>.<code>`: `ec2`, `ecr.api`. */
  readonly code: string;
  readonly region: Region;
  readonly serviceName: string;
  readonly kinds: readonly ('Interface' | 'Gateway')[];
  readonly publicNames: readonly string[];
  readonly publicAddresses: readonly string[];
  /** Names that private DNS of an endpoint takes over; empty when the service has none. */
  readonly privateNames: readonly string[];
}

/** Services in print for PrivateLink ("AWS PrivateLink Guide: AWS services that integrate with AWS PrivateLink"); the order gives addresses. */
const serviceCodes = [
  'ec2',
  'ssm',
  'ssmmessages',
  'ec2messages',
  'sts',
  'kms',
  'elasticloadbalancing',
  'logs',
  'monitoring',
  'events',
  'secretsmanager',
  'sqs',
  'sns',
  'ecr.api',
  'ecr.dkr',
  'ecs',
  'lambda',
  'execute-api',
  'autoscaling',
  'cloudformation',
  'cloudtrail',
  'config',
  'kinesis-streams',
  'states',
  'sagemaker.api',
  'sagemaker.runtime',
  'elasticfilesystem',
  'rds',
  'xray',
  's3',
  'dynamodb',
  'iam',
  'ec2-instance-connect',
] as const;

/** These have no endpoint service: IAM is global, and EC2 Instance Connect is not among those in print. */
const withoutEndpoint: readonly string[] = ['iam', 'ec2-instance-connect'];

/**
 * Ranges of the gateway endpoints' prefix lists. Those of S3 in ap-south-1 and ap-southeast-2 are in print; other regions get ranges of
 * documentation style derived from the same supernet, since only "inside the list" and "outside of it" matter here.
 */
const listedRanges: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  s3: {
    'ap-south-1': ['52.219.62.0/23', '52.219.64.0/22', '3.5.212.0/23', '3.5.208.0/22', '52.219.156.0/22'],
    'ap-southeast-2': ['54.231.248.0/22', '54.231.252.0/24', '52.95.128.0/21'],
    'us-east-1': ['54.231.0.0/16', '52.216.0.0/15', '3.5.0.0/19'],
  },
  dynamodb: { 'ap-southeast-2': ['52.94.13.0/24'] },
};

/** Ids of AWS-managed prefix lists that are in print; they repeat between regions. */
const listedIds: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  s3: {
    'us-east-1': 'pl-63a5400a',
    'us-east-2': 'pl-7ba54012',
    'ap-south-1': 'pl-78a54011',
    'ap-southeast-2': 'pl-6ca54005',
  },
  dynamodb: { 'ap-south-1': 'pl-66a7420f', 'us-east-1': 'pl-02cd2c6b' },
};

export interface DirectoryPrefixList {
  readonly id: string;
  readonly serviceName: string;
  readonly cidrs: readonly string[];
}

function regionIndex(at: Region): number {
  return practiceRegions.indexOf(at);
}

/** The managed prefix lists that gateway endpoints route to. */
export function prefixListsOf(at: Region): readonly DirectoryPrefixList[] {
  return ['s3', 'dynamodb'].map((code, index) => ({
    id: listedIds[code]?.[at] ?? `pl-${(0x60a54000 + regionIndex(at) * 16 + index).toString(16)}`,
    serviceName: awsServiceName(at, code),
    cidrs: listedRanges[code]?.[at] ?? [
      index === 0 ? `52.218.${regionIndex(at) * 8}.0/21` : `52.119.${192 + regionIndex(at)}.0/24`,
    ],
  }));
}

/** APIs have one address each, outside of the lists above; S3 and DynamoDB have theirs inside. */
function addressesOf(code: string, at: Region): readonly string[] {
  const list = prefixListsOf(at).find(({ serviceName }) => serviceName === awsServiceName(at, code));
  if (list) {
    const range = parseCidr(list.cidrs[0] as string);
    const count = code === 's3' ? 4 : 1;
    return Array.from({ length: count }, (_, index) => formatIpv4((range?.first ?? 0) + 20 + index * 64));
  }
  const number = serviceCodes.indexOf(code as (typeof serviceCodes)[number]);
  return [formatIpv4(ipv4('52.95.80.0') + regionIndex(at) * 256 + 10 + number * 3)];
}

function describe(code: string, at: Region): DirectoryService {
  const serviceName = awsServiceName(at, code);
  const names = privateNamesOfService(serviceName);
  return {
    code,
    region: at,
    serviceName,
    kinds: kindsOf(code),
    publicNames: publicNamesOf(code, at, names),
    publicAddresses: addressesOf(code, at),
    privateNames: withoutEndpoint.includes(code) ? [] : names,
  };
}

/** Private DNS of an endpoint does not cover S3's dual-stack names ("Amazon S3 User Guide: Dual-stack endpoints"). */
function publicNamesOf(code: string, at: Region, names: readonly string[]): readonly string[] {
  if (code === 'iam') return ['iam.amazonaws.com'];
  if (code === 'ec2-instance-connect') return [...names, ...connectEndpointNames(at)];
  if (code === 'dynamodb') return [`dynamodb.${at}.amazonaws.com`];
  if (code === 's3') return [...names, ...s3Names(at)];
  return at === 'us-east-1' && globalServices.includes(code) ? [...names, `${code}.amazonaws.com`] : names;
}

/** EC2 Instance Connect Endpoints have names of their own, which all lead to the service. */
function connectEndpointNames(at: Region): readonly string[] {
  const domain = `ec2-instance-connect-endpoint.${at}.amazonaws.com`;
  return [`*.${domain}`];
}

/** Without a region these lead to us-east-1 ("AWS service endpoints: Global endpoints", "Amazon S3 User Guide: Legacy global endpoint"). */
const globalServices: readonly string[] = ['ec2', 'sts'];

function s3Names(at: Region): readonly string[] {
  const domains = at === 'us-east-1' ? [`s3.dualstack.${at}`, 's3'] : [`s3.dualstack.${at}`];
  return domains.flatMap(domain => ['', '*.'].map(prefix => `${prefix}${domain}.amazonaws.com`));
}

function kindsOf(code: string): readonly ('Interface' | 'Gateway')[] {
  if (withoutEndpoint.includes(code)) return [];
  return code === 's3' || code === 'dynamodb' ? ['Gateway', 'Interface'] : ['Interface'];
}

const services: readonly DirectoryService[] = practiceRegions.flatMap(at =>
  serviceCodes.filter(code => code !== 'iam' || at === 'us-east-1').map(code => describe(code, at)),
);

const byServiceName = new Map(services.map(service => [service.serviceName, service]));
const byAddress = new Map(services.flatMap(service => service.publicAddresses.map(address => [address, service])));

export function servicesOf(at: Region): readonly DirectoryService[] {
  return services.filter(({ region }) => region === at);
}

export function findDirectoryService(serviceName: string): DirectoryService | undefined {
  return byServiceName.get(serviceName);
}

/** The service behind a public address. Every address of a gateway service's list leads to that service. */
export function serviceAtAddress(address: string): DirectoryService | undefined {
  return byAddress.get(address) ?? listedService(address);
}

function listedService(address: string): DirectoryService | undefined {
  const number = parseIpv4(address);
  if (number === undefined) return undefined;
  for (const at of practiceRegions)
    for (const { cidrs, serviceName } of prefixListsOf(at))
      if (cidrs.some(cidr => contains(parseCidr(cidr) ?? { first: 1, last: 0, prefixLength: 0 }, number)))
        return byServiceName.get(serviceName);
  return undefined;
}

/** Addresses of a public service name; names under a `*.` of a service count. */
export function publicAddressesOf(name: string): readonly string[] | undefined {
  const wanted = name.toLowerCase().replace(/\.$/, '');
  return services.find(({ publicNames }) => publicNames.some(pattern => covers(pattern, wanted)))?.publicAddresses;
}

function covers(pattern: string, name: string): boolean {
  return pattern.startsWith('*.') ? name.endsWith(pattern.slice(1)) : pattern === name;
}
