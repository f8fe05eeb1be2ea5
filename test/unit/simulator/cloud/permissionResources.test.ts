import assert from 'node:assert/strict';
import {
  CreateSecurityGroupCommand,
  CreateTagsCommand,
  CreateVpcEndpointCommand,
  DescribeInstancesCommand,
  DescribeVpcsCommand,
  RunInstancesCommand,
  StartInstancesCommand,
  StopInstancesCommand,
} from '@aws-sdk/client-ec2';
import { DetachUserPolicyCommand, GetRoleCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { GetParameterCommand, StartSessionCommand } from '@aws-sdk/client-ssm';
import { DecodeAuthorizationMessageCommand } from '@aws-sdk/client-sts';
import { startTestCloud } from '../../../support/practice';
import { codeOf, refusalOf } from '../../../support/refusal';

const image = 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64';
const place = 'ap-south-1:444455556666';

/** The second account's user with these statements only. */
async function limitedTo(...statements: readonly object[]) {
  const test = startTestCloud();
  const clients = test.clients();
  const region = [...test.cloud.world.regions].find(({ place: { accountId } }) => accountId === '444455556666');
  const [instance] = [...(region?.instances.values() ?? [])];
  assert.ok(region && instance);
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  await clients.iam.send(new PutUserPolicyCommand({ UserName: 'consumer', PolicyName: 'own', PolicyDocument }));
  const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
  await clients.iam.send(new DetachUserPolicyCommand({ UserName: 'consumer', PolicyArn }));
  return { ...clients, region, instance };
}

const allow = (Action: string | readonly string[], Resource: string | readonly string[] = '*', Condition?: object) => ({
  Effect: 'Allow',
  Action,
  Resource,
  Condition,
});

describe('a policy that names resources', () => {
  it('lets a caller act on these and on no others, and says which was refused', async () => {
    const { ec2, sts, instance } = await limitedTo(
      allow('ec2:StartInstances', 'arn:aws:ec2:*:*:instance/*'),
      allow('sts:DecodeAuthorizationMessage'),
    );
    const ids = { InstanceIds: [instance.id] };
    await ec2.send(new StartInstancesCommand(ids));
    const { code, message } = await refusalOf(ec2.send(new StopInstancesCommand(ids)));
    assert.equal(code, 'UnauthorizedOperation');
    const found =
      /^You are not authorized to perform this operation\. User: arn:aws:iam::444455556666:user\/consumer is not authorized to perform: ec2:StopInstances on resource: (\S+) because no identity-based policy allows the ec2:StopInstances action\. Encoded authorization failure message: ([\w-]+)$/.exec(
        message,
      );
    assert.equal(found?.[1], `arn:aws:ec2:${place}:instance/${instance.id}`);
    const decoded = await sts.send(new DecodeAuthorizationMessageCommand({ EncodedMessage: found?.[2] }));
    assert.equal(JSON.parse(decoded.DecodedMessage ?? '').context.action, 'ec2:StopInstances');
    const nonsense = sts.send(new DecodeAuthorizationMessageCommand({ EncodedMessage: 'x' }));
    assert.equal(await codeOf(nonsense), 'InvalidAuthorizationMessageException');
  });

  it('allows no Describe call, which asks about everything', async () => {
    const { ec2 } = await limitedTo(allow('ec2:*', `arn:aws:ec2:${place}:instance/*`));
    const { message } = await refusalOf(ec2.send(new DescribeInstancesCommand({})));
    assert.match(
      message,
      /perform: ec2:DescribeInstances because no identity-based policy allows the ec2:DescribeInstances action$/,
    );
  });

  it('may look at the tags of a resource', async () => {
    const { ec2, instance } = await limitedTo(
      allow('ec2:CreateTags'),
      allow('ec2:StartInstances', '*', { StringEquals: { 'aws:ResourceTag/lab': 'one' } }),
    );
    const start = () => ec2.send(new StartInstancesCommand({ InstanceIds: [instance.id] }));
    assert.equal(await codeOf(start()), 'UnauthorizedOperation');
    await ec2.send(new CreateTagsCommand({ Resources: [instance.id], Tags: [{ Key: 'lab', Value: 'one' }] }));
    await start();
  });

  it('may look at the region of a call', async () => {
    const { ec2 } = await limitedTo(
      allow('ec2:DescribeVpcs', '*', { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } }),
    );
    assert.equal(await codeOf(ec2.send(new DescribeVpcsCommand({}))), 'UnauthorizedOperation');
  });
});

describe('a call that does more than its name says', () => {
  it('passes a role to an instance only with iam:PassRole, and reads its image with ssm:GetParameters', async () => {
    const { ec2 } = await limitedTo(allow('ec2:*'));
    const launch = { ImageId: image, InstanceType: 't3.micro', MinCount: 1, MaxCount: 1, DryRun: true } as const;
    const plain = await refusalOf(ec2.send(new RunInstancesCommand(launch)));
    assert.match(
      plain.message,
      /perform: ssm:GetParameters on resource: arn:aws:ssm:ap-south-1::parameter\/aws\/service\//,
    );
    const IamInstanceProfile = { Name: 'practice-instance' };
    const { code, message } = await refusalOf(ec2.send(new RunInstancesCommand({ ...launch, IamInstanceProfile })));
    assert.equal(code, 'UnauthorizedOperation');
    assert.match(
      message,
      /perform: iam:PassRole on resource: arn:aws:iam::444455556666:role\/practice-instance because/,
    );
  });

  it('tags what it makes only with ec2:CreateTags', async () => {
    const { ec2, region } = await limitedTo(allow('ec2:CreateSecurityGroup'));
    const group = { GroupName: 'web', Description: 'web', VpcId: [...region.vpcs.keys()][0] };
    const TagSpecifications = [{ ResourceType: 'security-group' as const, Tags: [{ Key: 'a', Value: '1' }] }];
    const { message } = await refusalOf(ec2.send(new CreateSecurityGroupCommand({ ...group, TagSpecifications })));
    assert.match(
      message,
      /perform: ec2:CreateTags on resource: arn:aws:ec2:ap-south-1:444455556666:security-group\/\* because/,
    );
    await ec2.send(new CreateSecurityGroupCommand(group));
  });

  it('gives private names to an endpoint only with route53:AssociateVPCWithHostedZone', async () => {
    const { ec2, region } = await limitedTo(allow('ec2:*'));
    const wanted = {
      VpcId: [...region.vpcs.keys()][0],
      ServiceName: 'com.amazonaws.ap-south-1.ec2',
      VpcEndpointType: 'Interface' as const,
      SubnetIds: [...region.subnets.keys()].slice(0, 1),
      DryRun: true,
    };
    const named = await refusalOf(ec2.send(new CreateVpcEndpointCommand({ ...wanted, PrivateDnsEnabled: true })));
    assert.match(named.message, /perform: route53:AssociateVPCWithHostedZone because/);
    const bare = ec2.send(new CreateVpcEndpointCommand({ ...wanted, PrivateDnsEnabled: false }));
    assert.equal(await codeOf(bare), 'DryRunOperation');
  });

  it('starts a session on the instance, and with the document that it names', async () => {
    const { ssm, instance } = await limitedTo(allow('ssm:StartSession', `arn:aws:ec2:${place}:instance/*`));
    const Target = instance.id;
    await ssm.send(new StartSessionCommand({ Target }));
    const DocumentName = 'AWS-StartPortForwardingSession';
    const { code, message } = await refusalOf(ssm.send(new StartSessionCommand({ Target, DocumentName })));
    assert.equal(code, 'AccessDeniedException');
    assert.match(message, /on resource: arn:aws:ssm:ap-south-1::document\/AWS-StartPortForwardingSession because/);
  });
});

describe('permissions of other services', () => {
  it('are about their own resources', async () => {
    const { iam, ssm } = await limitedTo(allow('ssm:GetParameter', `arn:aws:ssm:${place}:parameter/lab/*`));
    const role = await refusalOf(iam.send(new GetRoleCommand({ RoleName: 'practice-instance' })));
    assert.equal(
      role.message,
      'User: arn:aws:iam::444455556666:user/consumer is not authorized to perform: iam:GetRole on resource: arn:aws:iam::444455556666:role/practice-instance because no identity-based policy allows the iam:GetRole action',
    );
    const get = (Name: string) => codeOf(ssm.send(new GetParameterCommand({ Name })));
    assert.equal(await get('/lab/x'), 'ParameterNotFound');
    assert.equal(await get('/other'), 'AccessDeniedException');
  });
});
