import assert from 'node:assert/strict';
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateManagedPrefixListCommand,
  type CreateManagedPrefixListCommandInput,
  CreateRouteCommand,
  CreateSecurityGroupCommand,
  DeleteManagedPrefixListCommand,
  DeleteRouteCommand,
  DescribeManagedPrefixListsCommand,
  DescribePrefixListsCommand,
  DescribeSecurityGroupRulesCommand,
  GetManagedPrefixListAssociationsCommand,
  GetManagedPrefixListEntriesCommand,
  ModifyManagedPrefixListCommand,
  type ModifyManagedPrefixListCommandInput,
  ModifySecurityGroupRulesCommand,
  RevokeSecurityGroupEgressCommand,
  UpdateSecurityGroupRuleDescriptionsIngressCommand,
} from '@aws-sdk/client-ec2';
import { type PracticeNetwork, startPracticeNetwork } from '../../../support/practiceNetwork';
import { codeOf } from '../../../support/refusal';

const usual: CreateManagedPrefixListCommandInput = {
  PrefixListName: 'offices',
  AddressFamily: 'IPv4',
  MaxEntries: 3,
  Entries: [{ Cidr: '192.168.1.9/24', Description: 'first' }],
};

async function newList({ ec2 }: PracticeNetwork, change: Partial<CreateManagedPrefixListCommandInput> = {}) {
  const made = await ec2.send(new CreateManagedPrefixListCommand({ ...usual, ...change }));
  return made.PrefixList?.PrefixListId ?? '';
}

const modify = ({ ec2 }: PracticeNetwork, PrefixListId: string, change: Partial<ModifyManagedPrefixListCommandInput>) =>
  ec2.send(new ModifyManagedPrefixListCommand({ PrefixListId, ...change }));

describe('prefix lists of customers', () => {
  it('keep their entries by version', async () => {
    const network = await startPracticeNetwork();
    const { ec2 } = network;
    const id = await newList(network);
    const add = { AddEntries: [{ Cidr: '192.168.2.0/24' }] };
    await modify(network, id, { CurrentVersion: 1, ...add });
    await modify(network, id, { CurrentVersion: 2, RemoveEntries: [{ Cidr: '192.168.1.0/24' }] });
    const entries = async (TargetVersion?: number) =>
      (await ec2.send(new GetManagedPrefixListEntriesCommand({ PrefixListId: id, TargetVersion }))).Entries;
    assert.deepEqual(await entries(), [{ Cidr: '192.168.2.0/24' }]);
    assert.deepEqual(await entries(1), [{ Cidr: '192.168.1.0/24', Description: 'first' }]);
    assert.equal(await codeOf(entries(4)), 'InvalidParameterValue');
    const Filters = [{ Name: 'owner-id', Values: ['444455556666'] }];
    const { PrefixLists } = await ec2.send(new DescribeManagedPrefixListsCommand({ Filters }));
    assert.deepEqual(
      PrefixLists?.map(list => [list.PrefixListName, list.Version, list.State, list.MaxEntries]),
      [['offices', 3, 'modify-complete', 3]],
    );
    const ofAws = await ec2.send(new DescribePrefixListsCommand({}));
    assert.ok(ofAws.PrefixLists?.every(list => list.PrefixListId !== id));
  });

  it('refuse a stale version, too many entries, and to be what they are not', async () => {
    const network = await startPracticeNetwork();
    const id = await newList(network);
    const add = { AddEntries: [{ Cidr: '192.168.2.0/24' }] };
    const many = ['3', '4', '5'].map(part => ({ Cidr: `192.168.${part}.0/24` }));
    const codes = [
      await codeOf(modify(network, id, { CurrentVersion: 2, ...add })),
      await codeOf(modify(network, id, add)),
      await codeOf(modify(network, id, { CurrentVersion: 1, AddEntries: many })),
      await codeOf(modify(network, id, { CurrentVersion: 1, MaxEntries: 9, ...add })),
      await codeOf(modify(network, 'pl-78a54011', { PrefixListName: 'mine' })),
      await codeOf(newList(network, { AddressFamily: 'IPv6' })),
      await codeOf(newList(network, { PrefixListName: 'com.amazonaws.mine' })),
      await codeOf(newList(network, { MaxEntries: 0 })),
    ];
    assert.deepEqual(codes, [
      'PrefixListVersionMismatch',
      'MissingParameter',
      'PrefixListMaxEntriesExceeded',
      'InvalidParameterCombination',
      'OperationNotPermitted',
      'UnsupportedOperation',
      'InvalidParameterValue',
      'InvalidParameterValue',
    ]);
  });

  it('weigh what they may hold, and stay while a route or a rule names them', async () => {
    const network = await startPracticeNetwork();
    const { ec2, mainTableId: RouteTableId, VpcId } = network;
    const id = await newList(network, { MaxEntries: 49 });
    const GatewayId = await network.addGateway();
    const list = { RouteTableId, DestinationPrefixListId: id };
    await ec2.send(new CreateRouteCommand({ ...list, GatewayId }));
    await ec2.send(new CreateRouteCommand({ RouteTableId, DestinationCidrBlock: '0.0.0.0/0', GatewayId }));
    const more = { RouteTableId, DestinationCidrBlock: '192.168.0.0/16', GatewayId };
    assert.equal(await codeOf(ec2.send(new CreateRouteCommand(more))), 'RouteLimitExceeded');
    const naming = { GroupName: 'g', Description: 'd', VpcId };
    const { GroupId = '' } = await ec2.send(new CreateSecurityGroupCommand(naming));
    const IpPermissions = [{ IpProtocol: '-1', PrefixListIds: [{ PrefixListId: id }] }];
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
    const { PrefixListAssociations } = await ec2.send(
      new GetManagedPrefixListAssociationsCommand({ PrefixListId: id }),
    );
    assert.deepEqual(
      PrefixListAssociations?.map(({ ResourceId }) => ResourceId),
      [RouteTableId, GroupId],
    );
    const remove = (PrefixListId: string) => ec2.send(new DeleteManagedPrefixListCommand({ PrefixListId }));
    await ec2.send(new DeleteRouteCommand(list));
    assert.equal(await codeOf(remove(id)), 'DependencyViolation');
    await remove(await newList(network));
  });
});

describe('rules of security groups', () => {
  it('are changed in place and described anew', async () => {
    const { ec2, VpcId } = await startPracticeNetwork();
    const naming = { GroupName: 'g', Description: 'd', VpcId };
    const { GroupId = '' } = await ec2.send(new CreateSecurityGroupCommand(naming));
    const https = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '10.0.0.0/16' }] };
    const made = await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [https] }));
    const SecurityGroupRuleId = made.SecurityGroupRules?.[0]?.SecurityGroupRuleId ?? '';
    const change = (SecurityGroupRule: object) =>
      ec2.send(
        new ModifySecurityGroupRulesCommand({
          GroupId,
          SecurityGroupRules: [{ SecurityGroupRuleId, SecurityGroupRule }],
        }),
      );
    const ports = { IpProtocol: 'tcp', FromPort: 80, ToPort: 80 };
    await change({ ...ports, CidrIpv4: '10.0.0.0/8' });
    const described = { SecurityGroupRuleId, Description: 'web' };
    await ec2.send(
      new UpdateSecurityGroupRuleDescriptionsIngressCommand({ GroupId, SecurityGroupRuleDescriptions: [described] }),
    );
    const find = new DescribeSecurityGroupRulesCommand({ SecurityGroupRuleIds: [SecurityGroupRuleId] });
    const [rule] = (await ec2.send(find)).SecurityGroupRules ?? [];
    assert.deepEqual(
      [rule?.FromPort, rule?.CidrIpv4, rule?.Description, rule?.IsEgress],
      [80, '10.0.0.0/8', 'web', false],
    );
    const both = { ...ports, CidrIpv4: '10.0.0.0/8', ReferencedGroupId: GroupId };
    assert.equal(await codeOf(change(both)), 'InvalidParameterCombination');
    await change({ ...ports, CidrIpv6: '2001:db8::1/32' });
    assert.equal((await ec2.send(find)).SecurityGroupRules?.[0]?.CidrIpv6, '2001:db8::/32');
    const none = { GroupId, IpPermissions: [{ IpProtocol: '-1', Ipv6Ranges: [{ CidrIpv6: '::/0' }] }] };
    assert.equal(await codeOf(ec2.send(new RevokeSecurityGroupEgressCommand(none))), 'InvalidPermission.NotFound');
  });
});
