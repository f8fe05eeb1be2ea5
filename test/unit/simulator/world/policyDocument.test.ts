import assert from 'node:assert/strict';
import { decide, parsePolicy, trusts } from '../../../../src/simulator/world/policyDocument';

const policy = (...statements: object[]) => {
  const document = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: statements }));
  assert.ok(document);
  return document;
};
const allow = { Effect: 'Allow', Action: 'ec2:Describe*', Resource: '*' };

// "IAM User Guide: Policy evaluation logic"
describe('policies', () => {
  it('deny by default, allow by a statement, and an explicit denial wins', () => {
    const deny = { Effect: 'Deny', Action: 'ec2:DescribeVpcs', Resource: '*' };
    assert.equal(decide([], 'ec2:DescribeVpcs', '*'), 'implicitDeny');
    assert.equal(decide([policy(allow)], 'ec2:DescribeVpcs', '*'), 'allowed');
    assert.equal(decide([policy(allow)], 'ec2:RunInstances', '*'), 'implicitDeny');
    assert.equal(decide([policy(allow), policy(deny)], 'ec2:DescribeVpcs', '*'), 'explicitDeny');
  });

  it('know actions without regard to case, and everything but some', () => {
    assert.equal(decide([policy(allow)], 'EC2:describeVpcs', '*'), 'allowed');
    const others = policy({ Effect: 'Allow', NotAction: ['iam:*', 'sts:*'], Resource: '*' });
    assert.equal(decide([others], 'ec2:RunInstances', '*'), 'allowed');
    assert.equal(decide([others], 'iam:ListRoles', '*'), 'implicitDeny');
  });

  it('hold for the resources that they name', () => {
    const own = policy({ ...allow, Action: 'ssm:*', Resource: 'arn:aws:ec2:*:*:instance/i-1*' });
    assert.equal(decide([own], 'ssm:StartSession', 'arn:aws:ec2:ap-south-1:1:instance/i-12'), 'allowed');
    assert.equal(decide([own], 'ssm:StartSession', 'arn:aws:ec2:ap-south-1:1:instance/i-2'), 'implicitDeny');
  });

  it('allow nothing under a condition, since none is simulated', () => {
    const conditional = policy({ ...allow, Condition: { Bool: { 'aws:SecureTransport': 'true' } } });
    assert.equal(decide([conditional], 'ec2:DescribeVpcs', '*'), 'implicitDeny');
  });

  it('are read from text that is a policy, and from no other', () => {
    for (const text of ['', '[]', '{}', '{"Statement":[]}', '{"Statement":[{"Effect":"Maybe","Action":"*"}]}'])
      assert.equal(parsePolicy(text), undefined, text);
    for (const member of [
      '"Principal":null',
      '"Principal":"me"',
      '"Principal":{"AWS":[1]}',
      '"Resource":5',
      '"NotResource":[null]',
    ])
      assert.equal(parsePolicy(`{"Statement":[{"Effect":"Allow","Action":"*",${member}}]}`), undefined, member);
    assert.equal(parsePolicy('{"Version":"2020-01-01","Statement":[{"Effect":"Allow","Action":"*"}]}'), undefined);
    assert.ok(parsePolicy('{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}'));
  });

  it('trust the services that they name', () => {
    const trust = (Principal: unknown, Action: unknown = 'sts:AssumeRole') =>
      policy({ Effect: 'Allow', Principal, Action });
    assert.ok(trusts(trust({ Service: 'ec2.amazonaws.com' }), 'ec2.amazonaws.com'));
    assert.ok(trusts(trust({ Service: ['lambda.amazonaws.com', 'ec2.amazonaws.com'] }), 'ec2.amazonaws.com'));
    assert.ok(!trusts(trust({ Service: 'lambda.amazonaws.com' }), 'ec2.amazonaws.com'));
    assert.ok(!trusts(trust({ AWS: '*' }), 'ec2.amazonaws.com'));
    assert.ok(!trusts(trust({ Service: 'ec2.amazonaws.com' }, 'sts:TagSession'), 'ec2.amazonaws.com'));
  });
});
