import { type ErrorCode, LabError } from '../core/errors';
import { gapOf } from '../core/gaps';
import type { Region, VpcId } from '../core/ids';
import type { Vpc, VpcDnsAttributes } from '../core/network';
import type { Identity } from '../core/ports/identityGateway';
import type { SnapshotPart } from '../core/ports/networkGateway';
import { type Gap, known, type NetworkSnapshot, type Reading, unknown } from '../core/snapshot';
import type { NetworkReader } from './networkReader';

interface Occasion {
  readonly region: Region;
  readonly takenAtMs: number;
  readonly identity: () => Promise<Identity>;
}

/** Reads the wanted parts side by side. A part that fails becomes a gap; only signing in, or the end of the practice cloud, fails the whole. */
export async function readSnapshot(
  reader: NetworkReader,
  parts: readonly SnapshotPart[],
  occasion: Occasion,
): Promise<NetworkSnapshot> {
  const part = <T>(name: SnapshotPart, action: string, read: () => Promise<T>): Promise<Reading<T>> =>
    parts.includes(name) ? readingOf(action, read) : Promise.resolve(unknown(notRead(action)));
  const vpcs = parts.includes('dnsAttributes')
    ? readingOf('ec2:DescribeVpcs', () => reader.vpcs())
    : part('vpcs', 'ec2:DescribeVpcs', () => reader.vpcs());
  const identity = occasion.identity();
  const readings = await allOf({
    vpcs,
    dnsAttributes: parts.includes('dnsAttributes') ? readDnsAttributes(reader, vpcs) : Promise.resolve(new Map()),
    dhcpOptions: part('dhcpOptions', 'ec2:DescribeDhcpOptions', () => reader.dhcpOptions()),
    subnets: part('subnets', 'ec2:DescribeSubnets', () => reader.subnets()),
    routeTables: part('routeTables', 'ec2:DescribeRouteTables', () => reader.routeTables()),
    prefixLists: part('prefixLists', 'ec2:DescribePrefixLists', () => reader.prefixLists()),
    internetGateways: part('internetGateways', 'ec2:DescribeInternetGateways', () => reader.internetGateways()),
    securityGroups: part('securityGroups', 'ec2:DescribeSecurityGroups', () => reader.securityGroups()),
    networkAcls: part('networkAcls', 'ec2:DescribeNetworkAcls', () => reader.networkAcls()),
    networkInterfaces: part('networkInterfaces', 'ec2:DescribeNetworkInterfaces', () => reader.networkInterfaces()),
    endpoints: part('endpoints', 'ec2:DescribeVpcEndpoints', () => reader.endpoints()),
    instances: part('instances', 'ec2:DescribeInstances', () => reader.instances()),
    ...(parts.includes('natGateways') && {
      natGateways: readingOf('ec2:DescribeNatGateways', () => reader.natGateways()),
    }),
    ...(parts.includes('peeringConnections') && {
      peeringConnections: readingOf('ec2:DescribeVpcPeeringConnections', () => reader.peeringConnections()),
    }),
    place: identity.then(({ accountId }) => ({ accountId, region: occasion.region })),
  });
  return { ...readings, takenAtMs: occasion.takenAtMs };
}

async function readDnsAttributes(
  reader: NetworkReader,
  reading: Promise<Reading<readonly Vpc[]>>,
): Promise<ReadonlyMap<VpcId, Reading<VpcDnsAttributes>>> {
  const vpcs = await reading;
  if (!vpcs.known) return new Map();
  const entries = vpcs.value.map(
    async ({ id }) => [id, await readingOf('ec2:DescribeVpcAttribute', () => reader.dnsAttributes(id))] as const,
  );
  return new Map(await Promise.all(entries));
}

/** As Promise.all, by name. */
async function allOf<T extends Record<string, unknown>>(promises: { [Key in keyof T]: Promise<T[Key]> }): Promise<T> {
  const entries = Object.entries(promises).map(async ([name, promise]) => [name, await promise] as const);
  return Object.fromEntries(await Promise.all(entries)) as T;
}

/** What concerns every part alike, and would say nothing as a gap of one. */
const ofTheWhole: readonly ErrorCode[] = [
  'credentialsMissing',
  'credentialsExpired',
  'credentialsRefused',
  'practiceFailed',
];

async function readingOf<T>(action: string, read: () => Promise<T>): Promise<Reading<T>> {
  try {
    return known(await read());
  } catch (error) {
    if (!(error instanceof LabError) || ofTheWhole.includes(error.code)) throw error;
    return unknown(gapFor(error, action));
  }
}

const notSupportedCode =
  /^(?:InvalidAction|UnknownAction|UnknownOperation(?:Exception)?|UnsupportedOperation|NotImplemented(?:Exception|Error)?)$/;

function gapFor(error: LabError, action: string): Gap {
  const gap = gapOf(error, action);
  return notSupportedCode.test(error.cloudCode ?? '') ? { ...gap, code: 'notSupported' } : gap;
}

function notRead(reading: string): Gap {
  return { code: 'notRead', reading, detail: undefined };
}
