import assert from 'node:assert/strict';
import {
  AddRoleToInstanceProfileCommand,
  AttachRolePolicyCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
  DeleteInstanceProfileCommand,
  DeleteRoleCommand,
  DetachRolePolicyCommand,
  GetInstanceProfileCommand,
  GetRoleCommand,
  ListAttachedRolePoliciesCommand,
  ListInstanceProfilesForRoleCommand,
  ListRolesCommand,
  RemoveRoleFromInstanceProfileCommand,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam';
import { startTestCloud } from '../../../support/practice';
import { codeOf, refusalOf } from '../../../support/refusal';

const trustPolicy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const readOnly = 'arn:aws:iam::aws:policy/AmazonEC2ReadOnlyAccess';

async function newRole() {
  const { iam } = startTestCloud('default-vpc').clients();
  const RoleName = 'reader';
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trustPolicy, Description: 'reads' }));
  return { iam, RoleName };
}

describe('IAM', () => {
  it('keeps roles with their trust policy URL-encoded', async () => {
    const { iam, RoleName } = await newRole();
    const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
    assert.match(Role?.RoleId ?? '', /^AROA[A-Z2-7]{17}$/);
    assert.equal(Role?.Arn, 'arn:aws:iam::444455556666:role/reader');
    assert.equal(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ''), trustPolicy);
    assert.match(Role?.AssumeRolePolicyDocument ?? '', /^%7B/);
    assert.equal((await iam.send(new ListRolesCommand({}))).Roles?.length, 1);
  });

  it('refuses a marker that it did not give', async () => {
    const { iam } = await newRole();
    assert.equal(await codeOf(iam.send(new ListRolesCommand({ Marker: 'nonsense' }))), 'ValidationError');
  });

  it('refuses taken names with 409, unknown ones with 404, and policies that are none', async () => {
    const { iam, RoleName } = await newRole();
    const create = (name: string, document: string) =>
      refusalOf(iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: document })));
    const taken = await create(RoleName, trustPolicy);
    assert.deepEqual([taken.code, taken.status], ['EntityAlreadyExists', 409]);
    const unknown = await refusalOf(iam.send(new GetRoleCommand({ RoleName: 'nobody' })));
    assert.deepEqual([unknown.code, unknown.status], ['NoSuchEntity', 404]);
    assert.equal((await create('other', '{')).code, 'MalformedPolicyDocument');
    assert.equal((await create('with space', trustPolicy)).code, 'ValidationError');
  });

  it('attaches managed policies, each once, and knows no others', async () => {
    const { iam, RoleName } = await newRole();
    const attach = (PolicyArn: string) => iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    await attach(readOnly);
    await attach(readOnly);
    const { AttachedPolicies } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
    assert.deepEqual(AttachedPolicies, [{ PolicyArn: readOnly, PolicyName: 'AmazonEC2ReadOnlyAccess' }]);
    assert.equal(await codeOf(attach('arn:aws:iam::aws:policy/NoSuchPolicy')), 'NoSuchEntity');
  });

  it('puts one role in a profile, and deletes both only once they are free', async () => {
    const { iam, RoleName } = await newRole();
    const InstanceProfileName = 'reader-profile';
    const pair = { RoleName, InstanceProfileName };
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: readOnly }));
    await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName }));
    await iam.send(new AddRoleToInstanceProfileCommand(pair));
    const full = await refusalOf(iam.send(new AddRoleToInstanceProfileCommand(pair)));
    assert.equal(full.code, 'LimitExceeded');
    assert.equal(full.message, 'Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1');
    const { InstanceProfile } = await iam.send(new GetInstanceProfileCommand({ InstanceProfileName }));
    assert.equal(InstanceProfile?.Roles?.[0]?.RoleName, RoleName);
    const holding = await iam.send(new ListInstanceProfilesForRoleCommand({ RoleName }));
    assert.equal(holding.InstanceProfiles?.length, 1);
    const removeProfile = () => iam.send(new DeleteInstanceProfileCommand({ InstanceProfileName }));
    const removeRole = () => iam.send(new DeleteRoleCommand({ RoleName }));
    assert.equal(await codeOf(removeProfile()), 'DeleteConflict');
    assert.equal(await codeOf(removeRole()), 'DeleteConflict');
    await iam.send(new RemoveRoleFromInstanceProfileCommand(pair));
    await removeProfile();
    assert.equal((await refusalOf(removeRole())).message, 'Cannot delete entity, must detach all policies first.');
    await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: readOnly }));
    await removeRole();
    assert.equal(await codeOf(iam.send(new GetRoleCommand({ RoleName }))), 'NoSuchEntity');
  });

  it('simulates what a role may do', async () => {
    const { iam, RoleName } = await newRole();
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: readOnly }));
    const { EvaluationResults } = await iam.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: `arn:aws:iam::444455556666:role/${RoleName}`,
        ActionNames: ['ec2:DescribeInstances', 'ec2:RunInstances'],
      }),
    );
    assert.deepEqual(
      EvaluationResults?.map(({ EvalDecision }) => EvalDecision),
      ['allowed', 'implicitDeny'],
    );
  });
});
