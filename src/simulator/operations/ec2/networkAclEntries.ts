import { formatCidr, parseCidr } from '../../../core/ipv4';
import type { NetworkAcl, NetworkAclEntry } from '../../../core/network';
import { ICMP, TCP, UDP } from '../../../core/rules/flow';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import type { PlaceState } from '../../world/placeState';
import { find } from '../common/resourceIds';
import type { CallContext, OperationTable } from '../operation';
import { readIpv6Range } from './cidrBlocks';
import { readProtocol } from './securityGroupRules';

/** "Amazon VPC quotas": per direction, besides the last rule that denies the rest. */
const maximumEntries = 20;
const highestNumber = 32_766;
const highestPort = 65_535;
const highestType = 255;
const icmpV6 = 58;

const invalid = (message: string) => new ServiceFault('InvalidParameterValue', message);

type EntryRequest = Ec2.CreateNetworkAclEntryRequest;

function readEntry(input: EntryRequest): NetworkAclEntry {
  const protocol = readProtocol(input.Protocol);
  if (input.RuleAction !== 'allow' && input.RuleAction !== 'deny')
    throw invalid(`Invalid value '${input.RuleAction}' for RuleAction.`);
  return {
    ruleNumber: readNumber(input.RuleNumber),
    direction: input.Egress ? 'egress' : 'ingress',
    protocol,
    action: input.RuleAction,
    cidr: readBlock(input),
    ...readPorts(protocol, input),
  };
}

function readNumber(number = 0): number {
  if (Number.isInteger(number) && number >= 1 && number <= highestNumber) return number;
  throw invalid(`Value (${number}) for parameter ruleNumber is invalid. It must be between 1 and ${highestNumber}.`);
}

/** Rules for IPv6 are kept and shown; nothing in the practice cloud has an address that they could match. */
function readBlock({ CidrBlock, Ipv6CidrBlock }: EntryRequest): string {
  const text = CidrBlock ?? Ipv6CidrBlock;
  if (text === undefined)
    throw new ServiceFault('MissingParameter', 'The request must contain the parameter cidrBlock or ipv6CidrBlock');
  if (CidrBlock !== undefined && Ipv6CidrBlock !== undefined)
    throw new ServiceFault('InvalidParameterCombination', 'A rule names exactly one CIDR block.');
  const range = CidrBlock === undefined ? undefined : parseCidr(CidrBlock);
  const block = range ? formatCidr(range) : CidrBlock === undefined ? readIpv6Range(text) : undefined;
  if (block !== undefined) return block;
  throw invalid(`Value (${text}) for parameter cidrBlock is invalid. This is not a valid CIDR block.`);
}

/** TCP and UDP need ports, ICMP a type and a code, -1 for any; other protocols have neither. */
function readPorts(protocol: number, input: EntryRequest): Pick<NetworkAclEntry, 'fromPort' | 'toPort'> {
  if (protocol === TCP || protocol === UDP) {
    const { From, To } = input.PortRange ?? {};
    if (From === undefined || To === undefined)
      throw new ServiceFault(
        'MissingParameter',
        'The request must contain the parameter portRange.from and portRange.to',
      );
    if (!isWithin(0, From, highestPort) || !isWithin(From, To, highestPort))
      throw invalid(`Invalid TCP/UDP port range (${From}:${To})`);
    return { fromPort: From, toPort: To };
  }
  if (protocol !== ICMP && protocol !== icmpV6) return { fromPort: undefined, toPort: undefined };
  const { Type, Code } = input.IcmpTypeCode ?? {};
  if (Type === undefined || Code === undefined)
    throw new ServiceFault(
      'MissingParameter',
      'The request must contain the parameter icmpTypeCode.type and icmpTypeCode.code',
    );
  if (!isWithin(-1, Type, highestType) || !isWithin(-1, Code, highestType))
    throw invalid(`ICMP type (${Type}) or code (${Code}) is out of range.`);
  return { fromPort: Type, toPort: Code };
}

function isWithin(least: number, value: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

function isSame(left: NetworkAclEntry, right: Pick<NetworkAclEntry, 'ruleNumber' | 'direction'>): boolean {
  return left.ruleNumber === right.ruleNumber && left.direction === right.direction;
}

/** Rules out come first, each direction by number, as EC2 lists them. */
function store(region: PlaceState, acl: NetworkAcl, entries: readonly NetworkAclEntry[]): void {
  const inOrder = [...entries].sort(
    (left, right) =>
      Number(right.direction === 'egress') - Number(left.direction === 'egress') || left.ruleNumber - right.ruleNumber,
  );
  region.networkAcls.set(acl.id, { ...acl, entries: inOrder });
}

function create(input: EntryRequest, { region }: CallContext): object {
  const acl = find('networkAcl', region.networkAcls, input.NetworkAclId ?? '');
  const entry = readEntry(input);
  if (acl.entries.some(other => isSame(other, entry)))
    throw new ServiceFault(
      'NetworkAclEntryAlreadyExists',
      `The network acl entry identified by ${entry.ruleNumber} already exists.`,
    );
  const alike = acl.entries.filter(
    ({ direction, ruleNumber }) => direction === entry.direction && ruleNumber <= highestNumber,
  );
  if (alike.length >= maximumEntries)
    throw new ServiceFault(
      'NetworkAclEntryLimitExceeded',
      'The maximum number of network acl entries has been reached.',
    );
  store(region, acl, [...acl.entries, entry]);
  return {};
}

function findEntry(acl: NetworkAcl, wanted: Pick<NetworkAclEntry, 'ruleNumber' | 'direction'>): NetworkAclEntry {
  const found = acl.entries.find(entry => isSame(entry, wanted));
  if (found) return found;
  throw new ServiceFault(
    'InvalidNetworkAclEntry.NotFound',
    `The network acl entry identified by ${wanted.ruleNumber} does not exist in network acl ${acl.id}`,
  );
}

function replace(input: Ec2.ReplaceNetworkAclEntryRequest, { region }: CallContext): object {
  const acl = find('networkAcl', region.networkAcls, input.NetworkAclId ?? '');
  const entry = readEntry(input);
  const before = findEntry(acl, entry);
  store(
    region,
    acl,
    acl.entries.map(other => (other === before ? entry : other)),
  );
  return {};
}

function remove(input: Ec2.DeleteNetworkAclEntryRequest, { region }: CallContext): object {
  const acl = find('networkAcl', region.networkAcls, input.NetworkAclId ?? '');
  const ruleNumber = readNumber(input.RuleNumber);
  const gone = findEntry(acl, { ruleNumber, direction: input.Egress ? 'egress' : 'ingress' });
  store(
    region,
    acl,
    acl.entries.filter(entry => entry !== gone),
  );
  return {};
}

export const networkAclEntryOperations: OperationTable = {
  CreateNetworkAclEntry: create,
  DeleteNetworkAclEntry: remove,
  ReplaceNetworkAclEntry: replace,
};
