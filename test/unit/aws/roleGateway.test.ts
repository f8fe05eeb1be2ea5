import assert from 'node:assert/strict';
import { createGateways } from '../../../src/aws/createGateways';
import { awsConnection } from '../../support/awsConnection';
import { query, queryError, wireCloud } from '../../support/wireCloud';

const role = (name: string) => `<member><RoleName>${name}</RoleName><Path>/</Path><RoleId>A</RoleId><Arn>a</Arn>
  <CreateDate>2024-02-28T11:35:33Z</CreateDate><AssumeRolePolicyDocument>%7B%22Version%22%3A%222012-10-17%22%7D</AssumeRolePolicyDocument></member>`;
const profile = (...roles: string[]) =>
  query(
    'GetInstanceProfile',
    `<InstanceProfile><InstanceProfileName>lab</InstanceProfileName><Path>/</Path><InstanceProfileId>A</InstanceProfileId><Arn>a</Arn>
     <CreateDate>2024-02-28T11:35:33Z</CreateDate><Roles>${roles.map(role).join('')}</Roles></InstanceProfile>`,
  );
const done = (action: string) => query(action, '');
const input = { name: 'lab', policyArns: ['arn:1', 'arn:2'], trustedService: 'ec2.amazonaws.com', tags: {} };

describe('the role gateway', () => {
  it('makes role, attachments and profile', async () => {
    const cloud = wireCloud({
      CreateRole: done('CreateRole'),
      AttachRolePolicy: done('AttachRolePolicy'),
      CreateInstanceProfile: done('CreateInstanceProfile'),
      GetInstanceProfile: profile(),
      AddRoleToInstanceProfile: done('AddRoleToInstanceProfile'),
    });
    const made = await createGateways(awsConnection(cloud.handle)).roles.createInstanceRole(input);
    assert.deepEqual(made, { roleName: 'lab', instanceProfileName: 'lab' });
    assert.deepEqual(
      cloud.callsOf('AttachRolePolicy').map(({ parameters }) => parameters.PolicyArn),
      ['arn:1', 'arn:2'],
    );
    const trust = JSON.parse(String(cloud.callsOf('CreateRole')[0]?.parameters.AssumeRolePolicyDocument));
    assert.deepEqual(trust.Statement, [
      { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ]);
  });

  it('takes a role that is one too many as added when the profile holds it: an answer was lost', async () => {
    let isHeld = false;
    const cloud = wireCloud({
      CreateRole: done('CreateRole'),
      AttachRolePolicy: done('AttachRolePolicy'),
      CreateInstanceProfile: done('CreateInstanceProfile'),
      GetInstanceProfile: () => (isHeld ? profile('lab') : profile()),
      AddRoleToInstanceProfile: () => {
        isHeld = true;
        return queryError('LimitExceeded', 'Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1', 409);
      },
    });
    const { roles } = createGateways(awsConnection(cloud.handle));
    assert.equal((await roles.createInstanceRole(input)).roleName, 'lab');
  });

  it('does not when the profile holds another', async () => {
    const cloud = wireCloud({
      CreateRole: done('CreateRole'),
      AttachRolePolicy: done('AttachRolePolicy'),
      CreateInstanceProfile: done('CreateInstanceProfile'),
      GetInstanceProfile: profile('other'),
      AddRoleToInstanceProfile: queryError('LimitExceeded', 'Cannot exceed quota', 409),
    });
    const { roles } = createGateways(awsConnection(cloud.handle));
    await assert.rejects(roles.createInstanceRole(input), { code: 'limitExceeded' });
  });

  it('keeps each part that exists already', async () => {
    const cloud = wireCloud({
      CreateRole: queryError('EntityAlreadyExists', 'Role with name lab already exists.', 409),
      AttachRolePolicy: done('AttachRolePolicy'),
      CreateInstanceProfile: queryError('EntityAlreadyExists', 'Instance Profile lab already exists.', 409),
      GetInstanceProfile: profile('lab'),
    });
    await createGateways(awsConnection(cloud.handle)).roles.createInstanceRole(input);
    assert.equal(cloud.callsOf('AddRoleToInstanceProfile').length, 0);
  });

  it('lists the policies of the role in a profile, all pages, and decodes its trust policy', async () => {
    const policy = (name: string) =>
      `<member><PolicyName>${name}</PolicyName><PolicyArn>arn:${name}</PolicyArn></member>`;
    const cloud = wireCloud({
      GetInstanceProfile: profile('lab'),
      ListAttachedRolePolicies: ({ parameters }) =>
        parameters.Marker
          ? query(
              'ListAttachedRolePolicies',
              `<AttachedPolicies>${policy('b')}</AttachedPolicies><IsTruncated>false</IsTruncated>`,
            )
          : query(
              'ListAttachedRolePolicies',
              `<AttachedPolicies>${policy('a')}</AttachedPolicies><IsTruncated>true</IsTruncated><Marker>m</Marker>`,
            ),
      ListRolePolicies: query('ListRolePolicies', '<PolicyNames><member>own</member></PolicyNames>'),
      GetRolePolicy: query(
        'GetRolePolicy',
        '<RoleName>lab</RoleName><PolicyName>own</PolicyName><PolicyDocument>%7B%22a%22%3A%20%22%2B%22%7D</PolicyDocument>',
      ),
    });
    const arn = 'arn:aws:iam::111122223333:instance-profile/some/path/lab';
    assert.deepEqual(await createGateways(awsConnection(cloud.handle)).roles.listPoliciesOfProfile(arn), {
      roleName: 'lab',
      trustPolicy: '{"Version":"2012-10-17"}',
      policyArns: ['arn:a', 'arn:b'],
      inlinePolicies: [{ name: 'own', document: '{"a": "+"}' }],
    });
    assert.equal(cloud.callsOf('GetInstanceProfile')[0]?.parameters.InstanceProfileName, 'lab');
  });

  it('leaves out the policies within the role when they may not be read', async () => {
    const cloud = wireCloud({
      GetInstanceProfile: profile('lab'),
      ListAttachedRolePolicies: query('ListAttachedRolePolicies', '<AttachedPolicies/>'),
      ListRolePolicies: queryError('AccessDenied', 'not authorized to perform: iam:ListRolePolicies', 403),
    });
    const { roles } = createGateways(awsConnection(cloud.handle));
    const role = await roles.listPoliciesOfProfile('arn:aws:iam::111122223333:instance-profile/lab');
    assert.ok(role && role.inlinePolicies === undefined);
  });

  it('finds nothing behind a profile that is gone, or holds no role', async () => {
    const missing = wireCloud({
      GetInstanceProfile: queryError('NoSuchEntity', 'Instance Profile lab cannot be found.', 404),
    });
    const empty = wireCloud({ GetInstanceProfile: profile() });
    for (const cloud of [missing, empty]) {
      const { roles } = createGateways(awsConnection(cloud.handle));
      assert.equal(await roles.listPoliciesOfProfile('arn:aws:iam::111122223333:instance-profile/lab'), undefined);
    }
  });

  it('takes everything away in the order that IAM wants, whatever is missing already', async () => {
    const gone = queryError('NoSuchEntity', 'cannot be found.', 404);
    const cloud = wireCloud({
      RemoveRoleFromInstanceProfile: gone,
      DeleteInstanceProfile: done('DeleteInstanceProfile'),
      ListAttachedRolePolicies: query(
        'ListAttachedRolePolicies',
        '<AttachedPolicies><member><PolicyName>a</PolicyName><PolicyArn>arn:a</PolicyArn></member></AttachedPolicies><IsTruncated>false</IsTruncated>',
      ),
      DetachRolePolicy: gone,
      DeleteRole: done('DeleteRole'),
    });
    await createGateways(awsConnection(cloud.handle)).roles.deleteInstanceRole('lab');
    assert.deepEqual(
      cloud.calls.map(({ action }) => action),
      [
        'RemoveRoleFromInstanceProfile',
        'DeleteInstanceProfile',
        'ListAttachedRolePolicies',
        'DetachRolePolicy',
        'DeleteRole',
      ],
    );
  });
});
