import assert from 'node:assert/strict';
import {
  CreateSecurityGroupCommand,
  CreateTagsCommand,
  CreateTransitGatewayCommand,
  DeleteTagsCommand,
  DescribeManagedPrefixListsCommand,
  DescribePrefixListsCommand,
  DescribeRegionsCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeTagsCommand,
  DescribeVpcEndpointServicesCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
  type EC2Client,
  GetManagedPrefixListEntriesCommand,
  paginateDescribeSecurityGroups,
  paginateDescribeTags,
} from '@aws-sdk/client-ec2';
import { clientsOf, startTestCloud } from '../../../support/practice';
import { codeOf, refusalOf } from '../../../support/refusal';

function ec2Client(): EC2Client {
  return startTestCloud('default-vpc').clients().ec2;
}

async function addGroups(ec2: EC2Client, count: number): Promise<readonly string[]> {
  const made = Array.from({ length: count }, (_, index) =>
    ec2.send(new CreateSecurityGroupCommand({ GroupName: `group-${index}`, Description: 'one of many' })),
  );
  return (await Promise.all(made)).map(({ GroupId = '' }) => GroupId);
}

describe('habits of the EC2 API', () => {
  it('refuses a malformed id before an unknown one', async () => {
    const ec2 = ec2Client();
    const describe = (...VpcIds: string[]) => codeOf(ec2.send(new DescribeVpcsCommand({ VpcIds })));
    assert.equal(await describe('vpc-0123456789abcdef0'), 'InvalidVpcID.NotFound');
    assert.equal(await describe('vpc-0123456789abcdef0', 'vpc-xyz'), 'InvalidVpcId.Malformed');
    const endpoint = ec2.send(new DescribeVpcEndpointsCommand({ VpcEndpointIds: ['vpce-0123456789abcdef0'] }));
    const { code, message } = await refusalOf(endpoint);
    assert.equal(code, 'InvalidVpcEndpointId.NotFound');
    assert.equal(message, "The Vpc Endpoint Id 'vpce-0123456789abcdef0' does not exist");
  });

  it('takes values of a filter as alternatives, filters together, and wildcards unless escaped', async () => {
    const ec2 = ec2Client();
    await addGroups(ec2, 12);
    const names = async (...filters: [string, ...string[]][]) => {
      const Filters = filters.map(([Name, ...Values]) => ({ Name, Values }));
      const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
      return SecurityGroups?.map(({ GroupName }) => GroupName);
    };
    assert.deepEqual(await names(['group-name', 'group-3', 'group-5', 'Group-7']), ['group-3', 'group-5']);
    assert.deepEqual(await names(['group-name', 'group-1?']), ['group-10', 'group-11']);
    assert.deepEqual(await names(['group-name', '*-1*'], ['description', 'one*']), ['group-1', 'group-10', 'group-11']);
    assert.deepEqual(await names(['group-name', 'group-\\*']), []);
    assert.deepEqual(await names(['group-name', 'group.1']), []);
  });

  it('refuses a filter that it does not know', async () => {
    const call = ec2Client().send(new DescribeVpcsCommand({ Filters: [{ Name: 'colour', Values: ['red'] }] }));
    const { code, message, status } = await refusalOf(call);
    assert.deepEqual([code, message, status], ['InvalidParameterValue', "The filter 'colour' is invalid", 400]);
  });

  it('pages with the limits of each action', async () => {
    const ec2 = ec2Client();
    await addGroups(ec2, 12);
    const small = await refusalOf(ec2.send(new DescribeSecurityGroupsCommand({ MaxResults: 4 })));
    assert.equal(small.code, 'InvalidParameterValue');
    const large = await codeOf(ec2.send(new DescribeSubnetsCommand({ MaxResults: 1001 })));
    assert.equal(large, 'InvalidParameterValue');
    const sizes: number[] = [];
    for await (const page of paginateDescribeSecurityGroups({ client: ec2, pageSize: 5 }, {}))
      sizes.push(page.SecurityGroups?.length ?? 0);
    assert.deepEqual(sizes, [5, 5, 3]);
    const services = new Set<string>();
    let NextToken: string | undefined;
    do {
      const page = await ec2.send(new DescribeVpcEndpointServicesCommand({ MaxResults: 7, NextToken }));
      for (const name of page.ServiceNames ?? []) services.add(name);
      NextToken = page.NextToken;
    } while (NextToken);
    assert.ok(services.has('com.amazonaws.ap-south-1.ec2'));
    const wrongToken = ec2.send(new DescribeSubnetsCommand({ NextToken: 'nonsense' }));
    assert.equal(await codeOf(wrongToken), 'InvalidNextToken');
  });

  it('answers a dry run with 412 and does nothing', async () => {
    const ec2 = ec2Client();
    const wish = { GroupName: 'dry', Description: 'never made', DryRun: true };
    const { code, status } = await refusalOf(ec2.send(new CreateSecurityGroupCommand(wish)));
    assert.deepEqual([code, status], ['DryRunOperation', 412]);
    const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({}));
    assert.deepEqual(
      SecurityGroups?.map(({ GroupName }) => GroupName),
      ['default'],
    );
  });

  it('refuses by name what AWS has and the practice cloud does not simulate', async () => {
    const { code, message } = await refusalOf(ec2Client().send(new CreateTransitGatewayCommand({})));
    assert.equal(code, 'UnsupportedOperation');
    assert.match(message, /ec2:CreateTransitGateway/);
  });

  it('keeps tags, counts them and refuses reserved ones', async () => {
    const ec2 = ec2Client();
    const { Vpcs } = await ec2.send(new DescribeVpcsCommand({}));
    const Resources = [Vpcs?.[0]?.VpcId ?? '', Vpcs?.[0]?.DhcpOptionsId ?? ''];
    const tag = (Key: string, Value = 'x') => ec2.send(new CreateTagsCommand({ Resources, Tags: [{ Key, Value }] }));
    await tag('Name', 'mine');
    await tag('Name', 'ours');
    const byTag = await ec2.send(new DescribeVpcsCommand({ Filters: [{ Name: 'tag:Name', Values: ['our*'] }] }));
    assert.equal(byTag.Vpcs?.length, 1);
    const listed = await ec2.send(new DescribeTagsCommand({}));
    assert.deepEqual(
      listed.Tags?.map(item => [item.ResourceType, item.Value]),
      [
        ['vpc', 'ours'],
        ['dhcp-options', 'ours'],
      ],
    );
    assert.equal(await codeOf(tag('aws:mine')), 'InvalidParameterValue');
    for (let index = 1; index < 50; index++) await tag(`key-${index}`);
    assert.equal(await codeOf(tag('one too many')), 'TagLimitExceeded');
    await ec2.send(new DeleteTagsCommand({ Resources, Tags: [{ Key: 'Name', Value: 'mine' }] }));
    assert.equal((await ec2.send(new DescribeVpcsCommand({}))).Vpcs?.[0]?.Tags?.length, 50);
    await ec2.send(new DeleteTagsCommand({ Resources, Tags: [{ Key: 'Name' }] }));
    assert.equal((await ec2.send(new DescribeVpcsCommand({}))).Vpcs?.[0]?.Tags?.length, 49);
  });

  it('pages through keys of any script, by whole numbers', async () => {
    const ec2 = ec2Client();
    const { Vpcs } = await ec2.send(new DescribeVpcsCommand({}));
    const Resources = [Vpcs?.[0]?.VpcId ?? ''];
    const keys = [...'äøλж中😀'].map(letter => `${letter} "key"`);
    await ec2.send(new CreateTagsCommand({ Resources, Tags: keys.map(Key => ({ Key, Value: 'x' })) }));
    const found: (string | undefined)[] = [];
    for await (const page of paginateDescribeTags({ client: ec2, pageSize: 5 }, {}))
      found.push(...(page.Tags ?? []).map(({ Key }) => Key));
    assert.deepEqual(found, keys);
    assert.equal(await codeOf(ec2.send(new DescribeTagsCommand({ MaxResults: 5.5 }))), 'InvalidParameterValue');
  });

  it('refuses tags for another type of resource at creation', async () => {
    const TagSpecifications = [{ ResourceType: 'vpc' as const, Tags: [{ Key: 'a', Value: 'b' }] }];
    const wish = { GroupName: 'tagged', Description: 'wrongly', TagSpecifications };
    assert.equal(await codeOf(ec2Client().send(new CreateSecurityGroupCommand(wish))), 'InvalidParameterValue');
  });

  it('gives AWS-managed prefix lists their known ids and entries', async () => {
    const ec2 = ec2Client();
    const { PrefixLists } = await ec2.send(new DescribePrefixListsCommand({}));
    const s3 = PrefixLists?.find(({ PrefixListName }) => PrefixListName === 'com.amazonaws.ap-south-1.s3');
    assert.equal(s3?.PrefixListId, 'pl-78a54011');
    const managed = await ec2.send(new DescribeManagedPrefixListsCommand({ PrefixListIds: ['pl-78a54011'] }));
    assert.equal(managed.PrefixLists?.[0]?.OwnerId, 'AWS');
    const { Entries } = await ec2.send(new GetManagedPrefixListEntriesCommand({ PrefixListId: 'pl-78a54011' }));
    assert.deepEqual(
      Entries?.map(({ Cidr }) => Cidr),
      s3?.Cidrs,
    );
  });

  it('keeps accounts and regions apart and gives each a default VPC of its own', async () => {
    const cloud = startTestCloud('default-vpc');
    const { ec2 } = cloud.clients();
    const { Regions } = await ec2.send(new DescribeRegionsCommand({}));
    assert.ok(Regions?.some(({ RegionName }) => RegionName === 'us-east-1'));
    const vpcsOf = async (client: EC2Client) => (await client.send(new DescribeVpcsCommand({}))).Vpcs ?? [];
    const others = [cloud.clients(0).ec2, clientsOf(cloud.cloud, 1, { region: 'us-east-1' }).ec2];
    const vpcs = (await Promise.all([ec2, ...others].map(vpcsOf))).flat();
    assert.deepEqual(
      vpcs.map(({ CidrBlock, IsDefault }) => [CidrBlock, IsDefault]),
      vpcs.map(() => ['172.31.0.0/16', true]),
    );
    assert.equal(new Set(vpcs.map(({ VpcId }) => VpcId)).size, 3);
  });
});
