import { dhcpOptionsId } from '../../../core/ids';
import { parseIpv4 } from '../../../core/ipv4';
import type { DhcpOptions } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import type { PlaceState } from '../../world/placeState';
import { find } from '../common/resourceIds';
import { tagList, tagsAtCreation } from '../common/tags';
import type { CallContext, OperationTable } from '../operation';
import { type Listing, list, optional } from './describe';

const amazonServer = 'AmazonProvidedDNS';
/** "DHCP option set concepts": servers of one kind. */
const maximumServers = 4;

const listing = (region: PlaceState): Listing<DhcpOptions> => ({
  kind: 'dhcpOptions',
  tagsOf: ({ id }) => region.otherTags.get(id) ?? {},
  limits: { least: 5, most: 1000 },
  filters: {
    'dhcp-options-id': options => options.id,
    key: options => configurations(options).map(({ Key = '' }) => Key),
    value: options => configurations(options).flatMap(({ Values = [] }) => Values.map(({ Value = '' }) => Value)),
    'owner-id': () => region.place.accountId,
  },
});

/** Options that say something, in the order of their names. */
function configurations(options: DhcpOptions): Ec2.DhcpConfiguration[] {
  const { domainName, netbiosNodeType } = options;
  const all: readonly (readonly [string, readonly string[]])[] = [
    ['domain-name', domainName === undefined ? [] : [domainName]],
    ['domain-name-servers', options.domainNameServers],
    ['netbios-name-servers', options.netbiosNameServers ?? []],
    ['netbios-node-type', netbiosNodeType === undefined ? [] : [netbiosNodeType]],
    ['ntp-servers', options.ntpServers ?? []],
  ];
  return all
    .filter(([, values]) => values.length > 0)
    .map(([Key, values]) => ({ Key, Values: values.map(Value => ({ Value })) }));
}

function optionsShape(region: PlaceState, options: DhcpOptions): Ec2.DhcpOptions {
  return {
    OwnerId: region.place.accountId,
    Tags: tagList(region.otherTags.get(options.id) ?? {}),
    DhcpOptionsId: options.id,
    DhcpConfigurations: configurations(options),
  };
}

function describe(input: Ec2.DescribeDhcpOptionsRequest, { region }: CallContext): Ec2.DescribeDhcpOptionsResult {
  const page = list(listing(region), region.dhcpOptions, input.DhcpOptionsIds, input);
  return {
    DhcpOptions: page.items.map(options => optionsShape(region, options)),
    ...optional({ NextToken: page.nextToken }),
  };
}

/** A set never changes: another one takes its place. */
function create(input: Ec2.CreateDhcpOptionsRequest, { region }: CallContext): Ec2.CreateDhcpOptionsResult {
  const given = new Map<string, readonly string[]>();
  for (const { Key = '', Values = [] } of input.DhcpConfigurations ?? []) {
    if (given.has(Key)) throw invalid(`Duplicate DHCP option '${Key}' specified.`);
    given.set(Key, checkValues(Key, Values));
  }
  if (given.size === 0)
    throw new ServiceFault('MissingParameter', 'The request must contain the parameter dhcpConfiguration');
  const tags = tagsAtCreation(input.TagSpecifications, 'dhcp-options');
  const options: DhcpOptions = {
    id: dhcpOptionsId(region.newId('dopt')),
    domainName: given.get('domain-name')?.[0],
    domainNameServers: given.get('domain-name-servers') ?? [],
    netbiosNameServers: given.get('netbios-name-servers') ?? [],
    netbiosNodeType: given.get('netbios-node-type')?.[0],
    ntpServers: given.get('ntp-servers') ?? [],
  };
  region.dhcpOptions.set(options.id, options);
  if (Object.keys(tags).length > 0) region.otherTags.set(options.id, tags);
  return { DhcpOptions: optionsShape(region, options) };
}

const invalid = (message: string) => new ServiceFault('InvalidParameterValue', message);

function checkValues(key: string, values: readonly string[]): readonly string[] {
  const check = Object.hasOwn(checks, key) ? checks[key] : undefined;
  if (!check) throw invalid(`Value (${key}) for parameter key is invalid. Unknown DHCP option.`);
  const flawed = values.length === 0 ? '' : values.find(value => !check.isValid(value));
  if (flawed !== undefined) throw invalid(`Value (${flawed}) for parameter value is invalid. ${check.expected}`);
  if (values.length > check.most) throw invalid(`The DHCP option '${key}' may have at most ${check.most} values.`);
  return values;
}

interface Check {
  readonly isValid: (value: string) => boolean;
  readonly most: number;
  readonly expected: string;
}

const servers: Check = {
  isValid: value => parseIpv4(value) !== undefined,
  most: maximumServers,
  expected: 'Invalid IPv4 address.',
};

const checks: Readonly<Record<string, Check>> = {
  'domain-name': { isValid: value => /^[\w.-]+( [\w.-]+)*$/.test(value), most: 1, expected: 'Invalid domain name.' },
  'domain-name-servers': { ...servers, isValid: value => value === amazonServer || servers.isValid(value) },
  'netbios-name-servers': servers,
  'netbios-node-type': {
    isValid: value => ['1', '2', '4', '8'].includes(value),
    most: 1,
    expected: 'Expected 1, 2, 4 or 8.',
  },
  'ntp-servers': servers,
};

/** `default` stands for no set: instances then get no options at all but those that AWS always gives. */
function associate(input: Ec2.AssociateDhcpOptionsRequest, { region }: CallContext): object {
  const vpc = find('vpc', region.vpcs, input.VpcId ?? '');
  const { DhcpOptionsId = '' } = input;
  const dhcpOptionsId =
    DhcpOptionsId === 'default' ? undefined : find('dhcpOptions', region.dhcpOptions, DhcpOptionsId).id;
  region.vpcs.set(vpc.id, { ...vpc, dhcpOptionsId });
  return {};
}

function remove(input: Ec2.DeleteDhcpOptionsRequest, { region }: CallContext): object {
  const { id } = find('dhcpOptions', region.dhcpOptions, input.DhcpOptionsId ?? '');
  if ([...region.vpcs.values()].some(({ dhcpOptionsId }) => dhcpOptionsId === id))
    throw new ServiceFault('DependencyViolation', `The dhcpOptions '${id}' has dependencies and cannot be deleted.`);
  region.dhcpOptions.delete(id);
  region.otherTags.delete(id);
  return {};
}

export const dhcpOptionsOperations: OperationTable = {
  AssociateDhcpOptions: associate,
  CreateDhcpOptions: create,
  DeleteDhcpOptions: remove,
  DescribeDhcpOptions: describe,
};
