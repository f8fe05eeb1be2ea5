import { describeTagged } from '../operations/ec2/taggedKinds';
import { kebabName } from '../protocols/kebabName';
import { type AskedCall, membersOf, type NeededPermission, tagFacts, textOf, textsIn } from './neededPermission';
import { passedRoles } from './passedRoles';

/** Types that new resources of a call have, where the call's name does not tell ("Actions, resources, and condition keys for Amazon EC2"). */
const createdTypes: Readonly<Record<string, readonly string[]>> = {
  AllocateAddress: ['elastic-ip'],
  CreateNatGateway: ['natgateway'],
  CreateManagedPrefixList: ['prefix-list'],
  CreateVpcEndpointServiceConfiguration: ['vpc-endpoint-service'],
  ImportKeyPair: ['key-pair'],
  RunInstances: ['instance', 'network-interface', 'volume'],
};

/** Calls named Create that make nothing with an ARN of its own. */
const makesNothing: readonly string[] = ['CreateRoute', 'CreateTags', 'CreateNetworkAclEntry', 'CreateDefaultVpc'];

/** Calls that ask about some types only, whatever else their input names. */
const askedTypes: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(Create|Replace|Delete)Route$/, ['route-table']],
  [/^(Authorize|Revoke)SecurityGroup/, ['security-group']],
  [/^(Start|Stop|Reboot|Terminate)Instances$/, ['instance']],
];

const readingForm = /^(?:Describe|Get|List|Search)/;
const idForm = /^[a-z]+(?:-[a-z]+)*-[0-9a-f]{8,17}$/;

/** What a call of EC2 asks for: itself on every resource that it names or makes, and what it does besides. */
export function ec2Permissions(call: AskedCall): readonly NeededPermission[] {
  const { name } = call.operation;
  const action = `ec2:${name}`;
  if (readingForm.test(name)) return [{ action, resource: '*' }];
  const own = [...namedResources(call), ...createdResources(call)].map(found => ({ action, ...found }));
  return [...(own.length > 0 ? own : [{ action, resource: '*' }]), ...besides(call)];
}

type Resource = Omit<NeededPermission, 'action'>;

function namedResources(call: AskedCall): readonly Resource[] {
  const { name } = call.operation;
  const {
    TagSpecifications: _tags,
    ClientToken: _token,
    UserData: _data,
    PeerVpcId: _peer,
    ...rest
  } = membersOf(call.input);
  const types = askedTypes.find(([form]) => form.test(name))?.[1];
  const ids = [...new Set(textsIn(rest).filter(text => idForm.test(text)))];
  return [
    ...ids.flatMap(id => resourceOf(call, id, types) ?? []),
    ...(name === 'RunInstances' ? launchResources(call) : []),
  ];
}

function resourceOf({ context }: AskedCall, id: string, types: readonly string[] | undefined): Resource | undefined {
  const { region } = context;
  const { region: regionName, accountId } = region.place;
  if (id.startsWith('ami-')) return { resource: `arn:aws:ec2:${regionName}::image/${id}` };
  const found = describeTagged(context, id);
  if (!found || (types && !types.includes(found.resourceType))) return undefined;
  return {
    resource: `arn:aws:ec2:${regionName}:${accountId}:${found.resourceType}/${id}`,
    facts: {
      ...tagFacts('aws:resourcetag', found.tags),
      ...tagFacts('ec2:resourcetag', found.tags),
      'ec2:region': regionName,
      ...(found.vpcId === undefined
        ? {}
        : { 'ec2:vpc': `arn:aws:ec2:${regionName}:${accountId}:vpc/${found.vpcId}`, 'ec2:vpcid': found.vpcId }),
    },
  };
}

function launchResources({ input, context }: AskedCall): readonly Resource[] {
  const { region, accountId } = context.region.place;
  const keyName = textOf(input, 'KeyName');
  return keyName === undefined ? [] : [{ resource: `arn:aws:ec2:${region}:${accountId}:key-pair/${keyName}` }];
}

function createdResources({ operation: { name }, input, context }: AskedCall): readonly Resource[] {
  const { region, accountId } = context.region.place;
  return typesMade(name).map(type => ({
    resource: `arn:aws:ec2:${region}:${accountId}:${type}/*`,
    facts: {
      ...requestTags(input, type),
      ...(name === 'RunInstances' ? { 'ec2:instancetype': textOf(input, 'InstanceType') ?? 't2.micro' } : {}),
      ...serviceFact(input),
      'ec2:region': region,
    },
  }));
}

/** The service that an endpoint is wanted for. */
function serviceFact(input: unknown) {
  const name = textOf(input, 'ServiceName');
  return name === undefined ? {} : { 'ec2:vpceservicename': name };
}

function typesMade(name: string): readonly string[] {
  if (Object.hasOwn(createdTypes, name)) return createdTypes[name] ?? [];
  return name.startsWith('Create') && !makesNothing.includes(name) ? [kebabName(name.slice('Create'.length))] : [];
}

/** Tags that the call gives to what it makes of a type, and their keys. */
function requestTags(input: unknown, type: string) {
  const specifications = Object.values(membersOf(membersOf(input).TagSpecifications));
  const meant = specifications.filter(specification => textOf(specification, 'ResourceType') === type);
  const tags = meant.flatMap(specification => Object.values(membersOf(membersOf(specification).Tags)));
  if (tags.length === 0) return {};
  const byKey = Object.fromEntries(tags.map(tag => [textOf(tag, 'Key') ?? '', textOf(tag, 'Value') ?? '']));
  return { ...tagFacts('aws:requesttag', byKey), 'aws:tagkeys': Object.keys(byKey) };
}

/** Permissions that a call needs for what it does in other services' or actions' names. */
function besides(call: AskedCall): readonly NeededPermission[] {
  return [...passedRoles(call), ...taggings(call), ...privateNames(call), ...namedImage(call)];
}

function taggings({ operation: { name }, input, context }: AskedCall): readonly NeededPermission[] {
  const { region, accountId } = context.region.place;
  const specifications = Object.values(membersOf(membersOf(input).TagSpecifications));
  const types = specifications.flatMap(specification => textOf(specification, 'ResourceType') ?? []);
  return [...new Set(types)].map(type => ({
    action: 'ec2:CreateTags',
    resource: `arn:aws:ec2:${region}:${accountId}:${type}/*`,
    facts: { ...requestTags(input, type), 'ec2:createaction': name },
  }));
}

/** Private names are a hosted zone that is tied to the VPC ("Control access to services using VPC endpoints"). */
function privateNames({ operation: { name }, input }: AskedCall): readonly NeededPermission[] {
  const { PrivateDnsEnabled: wantsNames, VpcEndpointType: type } = membersOf(input);
  const isNamed = name === 'CreateVpcEndpoint' ? type === 'Interface' && wantsNames !== false : wantsNames === true;
  if (!isNamed || !/^(?:Create|Modify)VpcEndpoint$/.test(name)) return [];
  return [{ action: 'route53:AssociateVPCWithHostedZone', resource: '*' }];
}

const imageParameterForm = /^resolve:ssm:(\/?)([^:]+)/;

function namedImage({ operation: { name }, input, context }: AskedCall): readonly NeededPermission[] {
  const [, slash, parameter] = imageParameterForm.exec(textOf(input, 'ImageId') ?? '') ?? [];
  if (name !== 'RunInstances' || parameter === undefined) return [];
  const { region, accountId } = context.region.place;
  const owner = slash === '/' && parameter.startsWith('aws/') ? '' : accountId;
  return [{ action: 'ssm:GetParameters', resource: `arn:aws:ssm:${region}:${owner}:parameter/${parameter}` }];
}
