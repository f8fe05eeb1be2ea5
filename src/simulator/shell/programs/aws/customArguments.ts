/** Flags that the CLI adds to EC2's own, and what it changes before it sends (aws/aws-cli:awscli/customizations/ec2). */
import type { OperationModel } from '../../../protocols/clientCodec';
import { encodeText } from '../../kernel/text';
import type { ArgumentRule } from './argumentParser';
import { CommandLineError } from './failures';
import { isObject } from './shapes';

type Values = ReadonlyMap<string, readonly string[]>;
type Input = Record<string, unknown>;

export interface CustomArguments {
  readonly rules: readonly ArgumentRule[];
  /** Members of the input that have no flag of their own. */
  readonly hiddenMembers: readonly string[];
  /** Puts what the added flags mean into the input. Throws {@link CommandLineError}. */
  readonly apply: (values: Values, input: Input) => void;
}

const none: CustomArguments = { rules: [], hiddenMembers: [], apply: () => undefined };

export function customArgumentsOf({ name, service }: OperationModel): CustomArguments {
  if (service.name !== 'ec2') return none;
  if (/^(?:Authorize|Revoke)SecurityGroup(?:Ingress|Egress)$/.test(name)) return simpleRule;
  return name === 'RunInstances' ? runInstances : none;
}

/** What is changed in the input when it is complete, also in one that came as JSON. */
export function finishInput({ name, service }: OperationModel, input: Input): Input {
  if (service.name !== 'ec2') return input;
  if (name === 'RunInstances') return finishRunInstances(input);
  if (/^(?:Create|Replace)NetworkAclEntry$/.test(name)) return { ...input, ...protocolNumber(input.Protocol) };
  return input;
}

const protocolNumbers: Readonly<Record<string, string>> = { tcp: '6', udp: '17', icmp: '1', all: '-1' };

function protocolNumber(protocol: unknown): Input {
  const number = typeof protocol === 'string' ? protocolNumbers[protocol] : undefined;
  return number === undefined ? {} : { Protocol: number };
}

/** `--protocol tcp --port 443 --cidr 10.0.0.0/16` (secgroupsimplify.py). */
const simpleRule: CustomArguments = {
  rules: ['protocol', 'port', 'cidr', 'source-group', 'group-owner'].map(name => ({ name, count: 'one' })),
  hiddenMembers: [],
  apply(values, input) {
    const one = (name: string) => values.get(name)?.[0] || undefined;
    const given = this.rules.find(({ name }) => one(name) !== undefined);
    if (!given) return;
    if (values.has('ip-permissions'))
      throw new CommandLineError(
        `The --${given.name.replaceAll('-', '_')} option is not compatible with the --ip-permissions option `,
      );
    const cidr = one('cidr');
    const pair = groupPair(one('source-group'), one('group-owner'));
    input.IpPermissions = [
      {
        ...protocolPart(one('protocol')),
        ...portPart(one('port')),
        ...(cidr === undefined ? {} : { IpRanges: [{ CidrIp: cidr }] }),
        ...(pair ? { UserIdGroupPairs: [pair] } : {}),
      },
    ];
  },
};

function protocolPart(protocol: string | undefined): Input {
  if (protocol === undefined) return {};
  if (/^\s*[+-]?\d+\s*$/.test(protocol)) {
    const number = Number(protocol);
    if (number >= -1 && number <= 255) return { IpProtocol: protocol };
    throw new CommandLineError('protocol numbers must be in the range 0-255 or -1 to specify all protocols');
  }
  if (!(protocol in protocolNumbers))
    throw new CommandLineError('protocol parameter should be one of: tcp|udp|icmp|all or any valid protocol number.');
  return { IpProtocol: protocol === 'all' ? '-1' : protocol };
}

function portPart(port: string | undefined): Input {
  if (port === undefined) return {};
  if (port === '-1' || port === 'all') return { FromPort: -1, ToPort: -1 };
  const range = /^(\d+)(?:-(-?\d+))?$/.exec(port);
  if (!range) throw new CommandLineError('port parameter should be of the form <from[-to]> (e.g. 22 or 22-25)');
  return { FromPort: Number(range[1]), ToPort: Number(range[2] ?? range[1]) };
}

function groupPair(group: string | undefined, owner: string | undefined): Input | undefined {
  if (group === undefined && owner === undefined) return undefined;
  return {
    ...(group === undefined ? {} : { [group.startsWith('sg-') ? 'GroupId' : 'GroupName']: group }),
    ...(owner === undefined ? {} : { UserId: owner }),
  };
}

/** `--count 1:3` and parts of the first interface (addcount.py, runinstances.py). */
const runInstances: CustomArguments = {
  rules: [
    { name: 'count', count: 'one' },
    { name: 'secondary-private-ip-addresses', count: 'any' },
    { name: 'secondary-private-ip-address-count', count: 'one', isInteger: true },
    { name: 'associate-public-ip-address', count: 'none' },
    { name: 'no-associate-public-ip-address', count: 'none' },
  ],
  hiddenMembers: ['MinCount', 'MaxCount'],
  apply(values, input) {
    const range = values.get('count')?.[0];
    if (range !== undefined) Object.assign(input, instanceCount(range));
    const part = interfacePart(values);
    if (Object.keys(part).length === 0) return;
    if (values.has('network-interfaces'))
      throw new CommandLineError(
        'Mixing the --network-interfaces option with the simple, scalar options is not supported.',
      );
    input.NetworkInterfaces = [{ DeviceIndex: 0, ...part }];
  },
};

function instanceCount(text: string): Input {
  const range = /^(\d+)(?::(\d+))?$/.exec(text);
  if (!range) throw new CommandLineError('count parameter should be of form min[:max] (e.g. 1 or 1:10)');
  return { MinCount: Number(range[1]), MaxCount: Number(range[2] ?? range[1]) };
}

function interfacePart(values: Values): Input {
  const addresses = values.get('secondary-private-ip-addresses') ?? [];
  const count = Number(values.get('secondary-private-ip-address-count')?.[0] ?? 0);
  const isPublic = values.has('associate-public-ip-address');
  return {
    ...(addresses.length > 0
      ? { PrivateIpAddresses: addresses.map(address => ({ PrivateIpAddress: address, Primary: false })) }
      : {}),
    ...(count > 0 ? { SecondaryPrivateIpAddressCount: count } : {}),
    ...(isPublic || values.has('no-associate-public-ip-address') ? { AssociatePublicIpAddress: isPublic } : {}),
  };
}

/** One instance when nothing is said; user data in base64; what belongs to an interface moves into it. */
function finishRunInstances(input: Input): Input {
  const { UserData } = input;
  const encoded =
    typeof UserData === 'string' || UserData instanceof Uint8Array ? { UserData: inBase64(UserData) } : {};
  return moveIntoInterface({ MaxCount: 1, MinCount: 1, ...input, ...encoded });
}

function inBase64(data: string | Uint8Array): string {
  const bytes = typeof data === 'string' ? encodeText(data) : data;
  return btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''));
}

const interfaceParts = ['PrivateIpAddresses', 'SecondaryPrivateIpAddressCount', 'AssociatePublicIpAddress'];

function moveIntoInterface(input: Input): Input {
  const [first, ...others] = Array.isArray(input.NetworkInterfaces) ? (input.NetworkInterfaces as unknown[]) : [];
  if (!isObject(first) || !interfaceParts.some(part => part in first)) return input;
  const { SubnetId, SecurityGroupIds, PrivateIpAddress, Ipv6AddressCount, Ipv6Addresses, ...rest } = input;
  const moved = {
    SubnetId,
    Groups: SecurityGroupIds,
    PrivateIpAddresses: PrivateIpAddress === undefined ? undefined : [{ PrivateIpAddress, Primary: true }],
    Ipv6AddressCount,
    Ipv6Addresses,
  };
  const present = Object.fromEntries(Object.entries(moved).filter(([, value]) => value !== undefined));
  return { ...rest, NetworkInterfaces: [{ ...first, ...present }, ...others] };
}
