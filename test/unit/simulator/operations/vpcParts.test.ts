import assert from 'node:assert/strict';
import {
  AssociateDhcpOptionsCommand,
  AssociateVpcCidrBlockCommand,
  CreateDhcpOptionsCommand,
  CreateNetworkAclCommand,
  CreateNetworkAclEntryCommand,
  type CreateNetworkAclEntryCommandInput,
  CreateRouteCommand,
  DeleteDhcpOptionsCommand,
  DeleteNetworkAclCommand,
  DeleteNetworkAclEntryCommand,
  DescribeAccountAttributesCommand,
  DescribeDhcpOptionsCommand,
  DescribeNetworkAclsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  DisassociateVpcCidrBlockCommand,
  ModifySubnetAttributeCommand,
  type NetworkAcl,
  ReplaceNetworkAclAssociationCommand,
  ReplaceNetworkAclEntryCommand,
} from '@aws-sdk/client-ec2';
import { type PracticeNetwork, startPracticeNetwork } from '../../../support/practiceNetwork';
import { codeOf, refusalOf } from '../../../support/refusal';

describe('ranges of a VPC', () => {
  it('are added with a local route in every table, and go when no subnet lies in them', async () => {
    const network = await startPracticeNetwork();
    const { ec2, VpcId } = network;
    const associate = (CidrBlock: string) => ec2.send(new AssociateVpcCidrBlockCommand({ VpcId, CidrBlock }));
    const { CidrBlockAssociation } = await associate('10.2.0.0/16');
    assert.equal(CidrBlockAssociation?.CidrBlockState?.State, 'associating');
    assert.deepEqual((await network.routes()).map(route => [route.DestinationCidrBlock, route.GatewayId]).sort(), [
      ['10.0.0.0/16', 'local'],
      ['10.2.0.0/16', 'local'],
    ]);
    await network.addSubnet('10.2.1.0/24');
    const disassociate = (AssociationId: string | undefined) =>
      ec2.send(new DisassociateVpcCidrBlockCommand({ AssociationId }));
    assert.equal(await codeOf(disassociate(CidrBlockAssociation?.AssociationId)), 'InvalidCidrBlock.InUse');
    const second = await associate('10.3.0.0/16');
    await disassociate(second.CidrBlockAssociation?.AssociationId);
    const { Vpcs } = await ec2.send(new DescribeVpcsCommand({ VpcIds: [VpcId] }));
    const [primary, ...others] = Vpcs?.[0]?.CidrBlockAssociationSet ?? [];
    assert.deepEqual(
      others.map(({ CidrBlock }) => CidrBlock),
      ['10.2.0.0/16'],
    );
    assert.equal(await codeOf(disassociate(primary?.AssociationId)), 'OperationNotPermitted');
    assert.equal((await network.routes()).length, 2);
  });

  it('are five at most, apart from each other, and of the same private family', async () => {
    const network = await startPracticeNetwork();
    const { ec2, VpcId } = network;
    const associate = (CidrBlock: string) => ec2.send(new AssociateVpcCidrBlockCommand({ VpcId, CidrBlock }));
    assert.equal(await codeOf(associate('10.0.128.0/17')), 'CidrConflict');
    assert.equal(await codeOf(associate('10.0.0.0/8')), 'InvalidVpc.Range');
    assert.match((await refusalOf(associate('192.168.0.0/16'))).message, /^The CIDR '192.168.0.0\/16' is restricted\./);
    const GatewayId = await network.addGateway();
    const route = { RouteTableId: network.mainTableId, DestinationCidrBlock: '10.9.1.0/24', GatewayId };
    await ec2.send(new CreateRouteCommand(route));
    assert.equal(await codeOf(associate('10.9.0.0/16')), 'CidrConflict');
    for (const block of ['100.64.0.0/16', '10.2.0.0/16', '10.3.0.0/16', '10.4.0.0/16']) await associate(block);
    const full = await refusalOf(associate('10.5.0.0/16'));
    assert.deepEqual(
      [full.code, full.message],
      ['CidrLimitExceeded', `This network '${VpcId}' has met its maximum number of allowed CIDRs: 5`],
    );
  });
});

describe('DHCP options', () => {
  const create = ({ ec2 }: PracticeNetwork, options: Readonly<Record<string, string[]>>) =>
    ec2.send(
      new CreateDhcpOptionsCommand({
        DhcpConfigurations: Object.entries(options).map(([Key, Values]) => ({ Key, Values })),
      }),
    );

  it('are made, associated, and deleted once no VPC has them', async () => {
    const network = await startPracticeNetwork();
    const { ec2, VpcId } = network;
    const wish = { 'domain-name': ['lab.internal'], 'domain-name-servers': ['10.0.0.5', 'AmazonProvidedDNS'] };
    const { DhcpOptions } = await create(network, { ...wish, 'ntp-servers': ['169.254.169.123'] });
    const DhcpOptionsId = DhcpOptions?.DhcpOptionsId ?? '';
    assert.deepEqual(
      DhcpOptions?.DhcpConfigurations?.map(({ Key, Values }) => [Key, Values?.map(({ Value }) => Value)]),
      [...Object.entries(wish), ['ntp-servers', ['169.254.169.123']]],
    );
    const associate = (id: string) => ec2.send(new AssociateDhcpOptionsCommand({ VpcId, DhcpOptionsId: id }));
    const vpcsOptions = async () =>
      (await ec2.send(new DescribeVpcsCommand({ VpcIds: [VpcId] }))).Vpcs?.[0]?.DhcpOptionsId;
    await associate(DhcpOptionsId);
    assert.equal(await vpcsOptions(), DhcpOptionsId);
    const remove = () => ec2.send(new DeleteDhcpOptionsCommand({ DhcpOptionsId }));
    assert.equal(
      (await refusalOf(remove())).message,
      `The dhcpOptions '${DhcpOptionsId}' has dependencies and cannot be deleted.`,
    );
    await associate('default');
    assert.equal(await vpcsOptions(), 'default');
    await remove();
    const gone = ec2.send(new DescribeDhcpOptionsCommand({ DhcpOptionsIds: [DhcpOptionsId] }));
    assert.equal(await codeOf(gone), 'InvalidDhcpOptionID.NotFound');
  });

  it('refuse what no client understands', async () => {
    const network = await startPracticeNetwork();
    const codes = await Promise.all(
      [
        {},
        { colour: ['red'] },
        { 'domain-name-servers': ['10.0.0'] },
        { 'domain-name-servers': ['1.1.1.1', '1.1.1.2', '1.1.1.3', '1.1.1.4', '1.1.1.5'] },
        { 'domain-name': ['a', 'b'] },
        { 'netbios-node-type': ['3'] },
      ].map(options => codeOf(create(network, options as Record<string, string[]>))),
    );
    assert.deepEqual(codes, ['MissingParameter', ...Array(5).fill('InvalidParameterValue')]);
  });
});

describe('network ACLs', () => {
  const http = { RuleNumber: 100, Protocol: '6', RuleAction: 'allow', Egress: false } as const;
  const everyone = { CidrBlock: '0.0.0.0/0', PortRange: { From: 80, To: 80 } };

  async function newAcl({ ec2, VpcId }: PracticeNetwork): Promise<string> {
    return (await ec2.send(new CreateNetworkAclCommand({ VpcId }))).NetworkAcl?.NetworkAclId ?? '';
  }

  const add = (
    { ec2 }: PracticeNetwork,
    NetworkAclId: string,
    change: Partial<CreateNetworkAclEntryCommandInput> = {},
  ) => ec2.send(new CreateNetworkAclEntryCommand({ NetworkAclId, ...http, ...everyone, ...change }));

  const find = async ({ ec2 }: PracticeNetwork, id: string): Promise<NetworkAcl | undefined> =>
    (await ec2.send(new DescribeNetworkAclsCommand({ NetworkAclIds: [id] }))).NetworkAcls?.[0];

  it('deny everything when they are new, and keep rules in order', async () => {
    const network = await startPracticeNetwork();
    const { ec2 } = network;
    const NetworkAclId = await newAcl(network);
    await add(network, NetworkAclId);
    await add(network, NetworkAclId, { RuleNumber: 90, Protocol: 'udp' });
    await add(network, NetworkAclId, { Egress: true, Protocol: '-1' });
    const ping = { Protocol: '1', IcmpTypeCode: { Type: 8, Code: -1 }, RuleNumber: 110 };
    await add(network, NetworkAclId, ping);
    const entries = async () =>
      (await find(network, NetworkAclId))?.Entries?.map(entry => [entry.Egress, entry.RuleNumber, entry.Protocol]);
    assert.deepEqual(await entries(), [
      [true, 100, '-1'],
      [true, 32767, '-1'],
      [false, 90, '17'],
      [false, 100, '6'],
      [false, 110, '1'],
      [false, 32767, '-1'],
    ]);
    assert.deepEqual((await find(network, NetworkAclId))?.Entries?.[4]?.IcmpTypeCode, { Type: 8, Code: -1 });
    const twice = await refusalOf(add(network, NetworkAclId));
    assert.deepEqual(
      [twice.code, twice.message],
      ['NetworkAclEntryAlreadyExists', 'The network acl entry identified by 100 already exists.'],
    );
    const replace = (RuleNumber: number) =>
      ec2.send(
        new ReplaceNetworkAclEntryCommand({ NetworkAclId, ...http, ...everyone, RuleNumber, RuleAction: 'deny' }),
      );
    await replace(100);
    assert.equal((await find(network, NetworkAclId))?.Entries?.[3]?.RuleAction, 'deny');
    assert.equal(await codeOf(replace(101)), 'InvalidNetworkAclEntry.NotFound');
    const remove = (RuleNumber: number) =>
      ec2.send(new DeleteNetworkAclEntryCommand({ NetworkAclId, RuleNumber, Egress: false }));
    await remove(100);
    assert.equal(await codeOf(remove(100)), 'InvalidNetworkAclEntry.NotFound');
    assert.equal(await codeOf(remove(32_767)), 'InvalidParameterValue');
  });

  it('refuse rules that make no sense, and more than twenty one way', async () => {
    const network = await startPracticeNetwork();
    const id = await newAcl(network);
    const codes = [
      await codeOf(add(network, id, { RuleNumber: 0 })),
      await codeOf(add(network, id, { RuleNumber: 32_767 })),
      await codeOf(add(network, id, { Protocol: '300' })),
      await codeOf(add(network, id, { PortRange: { From: 90, To: 80 } })),
      await codeOf(add(network, id, { PortRange: undefined })),
      await codeOf(add(network, id, { Protocol: '1', PortRange: undefined })),
      await codeOf(add(network, id, { CidrBlock: '10.0.0.0/33' })),
      await codeOf(add(network, id, { CidrBlock: undefined })),
    ];
    assert.deepEqual(codes, [
      ...Array(4).fill('InvalidParameterValue'),
      ...['MissingParameter', 'MissingParameter', 'InvalidParameterValue', 'MissingParameter'],
    ]);
    for (let count = 1; count <= 20; count++) await add(network, id, { RuleNumber: count });
    assert.equal(await codeOf(add(network, id)), 'NetworkAclEntryLimitExceeded');
    await add(network, id, { Egress: true });
  });

  it('take subnets from each other, and stay while they have one', async () => {
    const network = await startPracticeNetwork();
    const { ec2, SubnetId } = network;
    const NetworkAclId = await newAcl(network);
    const Filters = [{ Name: 'association.subnet-id', Values: [SubnetId] }];
    const holder = async () => (await ec2.send(new DescribeNetworkAclsCommand({ Filters }))).NetworkAcls?.[0];
    const before = await holder();
    const AssociationId = before?.Associations?.[0]?.NetworkAclAssociationId;
    const replace = (id: string | undefined, acl: string) =>
      ec2.send(new ReplaceNetworkAclAssociationCommand({ AssociationId: id, NetworkAclId: acl }));
    const { NewAssociationId } = await replace(AssociationId, NetworkAclId);
    assert.equal((await holder())?.NetworkAclId, NetworkAclId);
    assert.equal(await codeOf(replace(AssociationId, NetworkAclId)), 'InvalidAssociationID.NotFound');
    const remove = (id: string) => ec2.send(new DeleteNetworkAclCommand({ NetworkAclId: id }));
    assert.equal(await codeOf(remove(NetworkAclId)), 'DependencyViolation');
    await replace(NewAssociationId, before?.NetworkAclId ?? '');
    await remove(NetworkAclId);
    assert.equal(await codeOf(remove(before?.NetworkAclId ?? '')), 'InvalidParameterValue');
  });
});

describe('attributes of subnets and of the account', () => {
  it('change one at a time, and only to what is simulated', async () => {
    const { ec2, SubnetId } = await startPracticeNetwork();
    const modify = (change: object) => ec2.send(new ModifySubnetAttributeCommand({ SubnetId, ...change }));
    await modify({ MapPublicIpOnLaunch: { Value: true } });
    await modify({ AssignIpv6AddressOnCreation: { Value: false } });
    const { Subnets } = await ec2.send(new DescribeSubnetsCommand({ SubnetIds: [SubnetId] }));
    assert.equal(Subnets?.[0]?.MapPublicIpOnLaunch, true);
    assert.equal(await codeOf(modify({ EnableDns64: { Value: true } })), 'UnsupportedOperation');
    assert.equal(await codeOf(modify({})), 'MissingParameter');
    const { AccountAttributes } = await ec2.send(
      new DescribeAccountAttributesCommand({ AttributeNames: ['supported-platforms'] }),
    );
    assert.deepEqual(AccountAttributes, [
      { AttributeName: 'supported-platforms', AttributeValues: [{ AttributeValue: 'VPC' }] },
    ]);
  });
});
