import assert from 'node:assert/strict';
import { DescribeVpcsCommand } from '@aws-sdk/client-ec2';
import {
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  DetachUserPolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  ListAttachedUserPoliciesCommand,
  ListEntitiesForPolicyCommand,
  ListPoliciesCommand,
  ListPolicyVersionsCommand,
  ListRolePoliciesCommand,
  ListRoleTagsCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  SimulatePrincipalPolicyCommand,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateRoleCommand,
} from '@aws-sdk/client-iam';
import { clientsOf, startTestCloud } from '../../../support/practice';
import { codeOf, refusalOf } from '../../../support/refusal';

const RoleName = 'reader';
const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const allowing = (...actions: readonly string[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] });
const administrator = 'arn:aws:iam::aws:policy/AdministratorAccess';

async function withRole() {
  const test = startTestCloud('default-vpc');
  const { iam, ec2 } = test.clients();
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }));
  const simulate = async (...ActionNames: string[]) => {
    const PolicySourceArn = `arn:aws:iam::444455556666:role/${RoleName}`;
    const { EvaluationResults } = await iam.send(new SimulatePrincipalPolicyCommand({ PolicySourceArn, ActionNames }));
    return EvaluationResults?.map(({ EvalDecision }) => EvalDecision);
  };
  return { test, iam, ec2, simulate };
}

describe('inline policies', () => {
  it('are kept word for word, count, and keep their role from being deleted', async () => {
    const { iam, simulate } = await withRole();
    const PolicyName = 'own';
    const text = allowing('ec2:DescribeVpcs');
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: text }));
    const found = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
    assert.equal(found.RoleName, RoleName);
    assert.equal(decodeURIComponent(found.PolicyDocument ?? ''), text);
    assert.deepEqual((await iam.send(new ListRolePoliciesCommand({ RoleName }))).PolicyNames, [PolicyName]);
    assert.deepEqual(await simulate('ec2:DescribeVpcs', 'ec2:CreateVpc'), ['allowed', 'implicitDeny']);
    const conflict = await refusalOf(iam.send(new DeleteRoleCommand({ RoleName })));
    assert.equal(conflict.message, 'Cannot delete entity, must delete policies first.');
    await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
    const gone = await refusalOf(iam.send(new GetRolePolicyCommand({ RoleName, PolicyName })));
    assert.deepEqual([gone.code, gone.status], ['NoSuchEntity', 404]);
    await iam.send(new DeleteRoleCommand({ RoleName }));
  });

  it('must be policies for identities', async () => {
    const { iam } = await withRole();
    const put = async (document: unknown) =>
      refusalOf(
        iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'own', PolicyDocument: JSON.stringify(document) })),
      );
    const statement = { Effect: 'Allow', Action: 'ec2:*', Resource: '*' };
    for (const [document, message] of [
      [{}, 'Syntax errors in policy.'],
      [{ Statement: { ...statement, Principal: '*' } }, 'Policy document should not specify a principal.'],
      [{ Statement: { ...statement, Resource: undefined } }, 'Policy statement must contain resources.'],
      [{ Statement: { ...statement, Resource: 'vpc-1' } }, 'Resource vpc-1 must be in ARN format or "*".'],
    ] as const) {
      const refusal = await put(document);
      assert.deepEqual([refusal.code, refusal.message], ['MalformedPolicyDocument', message]);
    }
  });
});

describe('managed policies', () => {
  it('of the account are made, attached, read with their versions, and deleted once they are free', async () => {
    const { iam, simulate } = await withRole();
    const PolicyDocument = allowing('ec2:DescribeVpcs');
    const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: 'see-vpcs', PolicyDocument }));
    const PolicyArn = 'arn:aws:iam::444455556666:policy/see-vpcs';
    assert.equal(Policy?.Arn, PolicyArn);
    assert.equal(
      await codeOf(iam.send(new CreatePolicyCommand({ PolicyName: 'see-vpcs', PolicyDocument }))),
      'EntityAlreadyExists',
    );
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    assert.equal((await iam.send(new GetPolicyCommand({ PolicyArn }))).Policy?.AttachmentCount, 1);
    const entities = await iam.send(new ListEntitiesForPolicyCommand({ PolicyArn }));
    assert.equal(entities.PolicyRoles?.[0]?.RoleName, RoleName);
    const second = allowing('ec2:CreateVpc');
    await iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: second, SetAsDefault: true }));
    assert.deepEqual(await simulate('ec2:DescribeVpcs', 'ec2:CreateVpc'), ['implicitDeny', 'allowed']);
    const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: 'v2' }));
    assert.deepEqual(
      [PolicyVersion?.IsDefaultVersion, decodeURIComponent(PolicyVersion?.Document ?? '')],
      [true, second],
    );
    const remove = () => iam.send(new DeletePolicyCommand({ PolicyArn }));
    assert.equal((await refusalOf(remove())).message, 'Cannot delete a policy attached to entities.');
    await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
    assert.equal(await codeOf(remove()), 'DeleteConflict');
    await iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v1' }));
    const { Versions } = await iam.send(new ListPolicyVersionsCommand({ PolicyArn }));
    assert.deepEqual(
      Versions?.map(({ VersionId }) => VersionId),
      ['v2'],
    );
    await remove();
    assert.equal(await codeOf(iam.send(new GetPolicyCommand({ PolicyArn }))), 'NoSuchEntity');
  });

  it('of AWS can be read and not changed', async () => {
    const { iam } = await withRole();
    const { PolicyVersion } = await iam.send(
      new GetPolicyVersionCommand({ PolicyArn: administrator, VersionId: 'v1' }),
    );
    assert.deepEqual(JSON.parse(decodeURIComponent(PolicyVersion?.Document ?? '')), {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: ['*'], Resource: '*' }],
    });
    const refusal = await refusalOf(iam.send(new DeletePolicyCommand({ PolicyArn: administrator })));
    assert.deepEqual([refusal.code, refusal.status], ['AccessDenied', 403]);
    const attached = await iam.send(new ListPoliciesCommand({ OnlyAttached: true }));
    assert.ok(attached.Policies?.some(({ Arn }) => Arn === administrator));
  });
});

describe('roles', () => {
  it('change their description, duration and tags', async () => {
    const { iam } = await withRole();
    await iam.send(new UpdateRoleCommand({ RoleName, Description: 'new', MaxSessionDuration: 7200 }));
    await iam.send(
      new TagRoleCommand({
        RoleName,
        Tags: [
          { Key: 'a', Value: '1' },
          { Key: 'b', Value: '2' },
        ],
      }),
    );
    await iam.send(new UntagRoleCommand({ RoleName, TagKeys: ['a'] }));
    const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
    assert.deepEqual([Role?.Description, Role?.MaxSessionDuration], ['new', 7200]);
    assert.deepEqual((await iam.send(new ListRoleTagsCommand({ RoleName }))).Tags, [{ Key: 'b', Value: '2' }]);
  });
});

describe('the user of an account', () => {
  it('is an administrator at first, and loses its rights with the policy', async () => {
    const { test, iam, ec2 } = await withRole();
    const { User } = await iam.send(new GetUserCommand({}));
    const { UserName } = User ?? {};
    const { AttachedPolicies } = await iam.send(new ListAttachedUserPoliciesCommand({ UserName }));
    assert.deepEqual(AttachedPolicies, [{ PolicyArn: administrator, PolicyName: 'AdministratorAccess' }]);
    const PolicyDocument = allowing('ec2:DescribeVpcs');
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'little', PolicyDocument }));
    await iam.send(new DetachUserPolicyCommand({ UserName, PolicyArn: administrator }));
    await ec2.send(new DescribeVpcsCommand({}));
    const back = new AttachUserPolicyCommand({ UserName, PolicyArn: administrator });
    const { code, status, message } = await refusalOf(iam.send(back));
    assert.deepEqual([code, status], ['AccessDenied', 403]);
    assert.match(
      message,
      /^User: arn:aws:iam::444455556666:user\/consumer is not authorized to perform: iam:AttachUserPolicy/,
    );
    await clientsOf(test.cloud, 0).ec2.send(new DescribeVpcsCommand({}));
  });
});
